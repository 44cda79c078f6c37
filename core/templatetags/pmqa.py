"""Filters and tags used by every page: dates, scores, icons, chips, bars."""

import datetime as dt
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock, thai_dates
from core.drawing import svg
from core.thai_digits_in_html import thai_digits_in_html
from core.thai_numerals import format_decimal, to_thai_digits
from core.thai_text import wrap_protected

register = template.Library()

STATUS_ICONS = {
    "done": "check-circle-fill",
    "in_progress": "pencil",
    "waiting": "hourglass-split",
    "due_soon": "clock",
    "overdue": "exclamation-triangle-fill",
    "not_started": "circle",
    "returned": "arrow-counterclockwise",
}
# Words of category and item titles that a line must not cut, beside those of core.thai_text.
TITLE_COMPOUNDS = (
    "การจัดการความรู้",
    "การดำเนินการ",
    "การวิเคราะห์",
    "การวางแผน",
    "เชิงยุทธศาสตร์",
    "การมุ่งเน้น",
    "การให้ความสำคัญ",
    "ผู้รับบริการ",
    "มีส่วนร่วม",
    "บุคลากร",
    "องค์การ",
)
SEGMENT_WIDTH, SEGMENT_HEIGHT, SEGMENT_GAP = 16, 7, 3
SEGMENT_GROUNDS = {"done": "#cfe3e9", "half": "#e4e0d8", "returned": "#fbebe0", "empty": "#e4e0d8"}


def _day(value):
    """Return the Bangkok day of a date or an instant."""
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.filter
def thai_date(value):
    """1 ตุลาคม 2567"""
    return thai_dates.format_long(_day(value)) if value else ""


@register.filter
def thai_date_short(value):
    """1 ต.ค. 2567"""
    return thai_dates.format_short(_day(value)) if value else ""


@register.filter
def thai_date_weekday(value):
    """วันอังคารที่ 1 ตุลาคม 2567"""
    return thai_dates.format_with_weekday(_day(value)) if value else ""


@register.filter
def thai_datetime(value):
    """1 ต.ค. 2567 09.41 น."""
    if not value:
        return ""
    local = timezone.localtime(value)
    time = local.strftime("%H.%M")
    return _("%(day)s at %(time)s") % {"day": thai_dates.format_short(local.date()), "time": time}


@register.simple_tag
def thai_date_range(start, end):
    """1 – 15 ต.ค. 2567"""
    return thai_dates.format_range(start, end) if start and end else ""


@register.filter
def thai_digits(value):
    """Thai digits, except in addresses and codes."""
    return to_thai_digits(value)


@register.filter
def score(value):
    """A score with five decimals; empty where there is none."""
    return "" if value is None else format_decimal(Decimal(value), 5)


@register.filter
def figure(value):
    """A measured value with thousands commas and no idle zeros; a dash where there is none."""
    if value is None:
        return "–"
    plain = Decimal(value).normalize()
    return format_decimal(plain, max(0, -plain.as_tuple().exponent))


@register.filter
def whole(value):
    """A title whose long compounds (การจัดการความรู้) stay on one line."""
    return wrap_protected(str(value), names=TITLE_COMPOUNDS)


@register.filter
def baht(value):
    """Money with thousands commas; satang only where there are any."""
    if value is None or value == "":
        return ""
    value = Decimal(value)
    return format_decimal(value, 0 if value == value.to_integral_value() else 2)


@register.filter
def days_left(day):
    """เหลือ 15 วัน, ครบกำหนดวันนี้ or เลยกำหนด 4 วัน, seen from today."""
    if not day:
        return ""
    left = (_day(day) - clock.today()).days
    if left == 0:
        return _("Due today")
    if left > 0:
        return ngettext("%(count)s day left", "%(count)s days left", left) % {"count": left}
    return ngettext("%(count)s day overdue", "%(count)s days overdue", -left) % {"count": -left}


@register.simple_tag
def icon(name):
    """A decorative icon; the words beside it carry the meaning."""
    return format_html('<i class="bi bi-{}" aria-hidden="true"></i>', name)


@register.simple_tag
def status_chip(status, label):
    """A status as icon and word, never by colour alone."""
    return format_html(
        '<span class="pmqa-chip pmqa-chip--{0}"><i class="bi bi-{1}" aria-hidden="true"></i> '
        "{2}</span>",
        status,
        STATUS_ICONS[status],
        label,
    )


@register.simple_tag
def category_badge(number, size=""):
    """A category's number in its tinted square; always beside the name."""
    return format_html(
        '<span class="pmqa-cat pmqa-cat--{0}{1}">'
        '<span class="visually-hidden">{2} </span>{0}</span>',
        number,
        " pmqa-cat--large" if size == "large" else "",
        _("Category"),
    )


@register.simple_tag
def progress(value, total):
    """A bar; the caller writes the figures beside it, so it is silent for screen readers."""
    width = min(100.0, float(value) * 100 / float(total)) if total else 0.0
    bar = {"height": 8, "rx": 2}
    return svg.element(
        "svg",
        svg.element("rect", **bar, width=100, class_="pmqa-progress__track"),
        svg.element("rect", **bar, width=width, class_="pmqa-progress__bar"),
        viewBox="0 0 100 8",
        preserveAspectRatio="none",
        aria_hidden="true",
        class_="pmqa-progress",
    )


@register.simple_tag
def segments(states):
    """One small bar an item: done (hatched), half, returned (striped), empty.

    `states` is a list of those words; the text alternative counts them.
    """
    labels = {
        "done": _("written"),
        "half": _("being written"),
        "returned": _("returned"),
        "empty": _("not started"),
    }
    counts = (f"{states.count(state)} {label}" for state, label in labels.items())
    width = max(1, len(states) * (SEGMENT_WIDTH + SEGMENT_GAP) - SEGMENT_GAP)
    return svg.drawing(
        width,
        SEGMENT_HEIGHT,
        ", ".join(counts),
        *(_segment(place, state) for place, state in enumerate(states)),
        width=width,
        height=SEGMENT_HEIGHT,
        class_="pmqa-segments",
    )


def _segment(place, state):
    """Draw one bar; its pattern differs, so that no state is told by colour alone."""
    x, width, height = place * (SEGMENT_WIDTH + SEGMENT_GAP), SEGMENT_WIDTH, SEGMENT_HEIGHT
    box = {"x": x, "height": height, "rx": 2}
    parts = [svg.element("rect", **box, width=width, fill=SEGMENT_GROUNDS[state])]
    if state == "half":
        parts.append(svg.element("rect", **box, width=width / 2, fill="#2a7186"))
    elif state == "done":
        lines = svg.hatch(x, 0, width, height, gap=4)
        parts.append(svg.element("path", d=lines, stroke="#14566b", stroke_width=1.5))
    elif state == "returned":
        lines = "".join(f"M{x + start} 0v{height}" for start in range(2, width, 4))
        parts.append(svg.element("path", d=lines, stroke="#b4531c", stroke_width=2))
    return svg.join(parts)


@register.filter
def transition_label(workflow, name):
    """The label of a workflow's transition, for its history."""
    rule = workflow.transitions.get(name)
    return rule.label if rule else name


class _DigitsNode(template.Node):
    """Prints its content with the digits that the office uses on paper."""

    def __init__(self, nodelist, digits):
        self.nodelist, self.digits = nodelist, digits

    def render(self, context):
        html = self.nodelist.render(context)
        return thai_digits_in_html(html) if self.digits.resolve(context) == "thai" else html


@register.tag("digits")
def do_digits(parser, token):
    """{% digits agency.paper_digits %} … {% enddigits %}: tags and addresses stay as they are."""
    _name, digits = token.split_contents()
    nodelist = parser.parse(("enddigits",))
    parser.delete_first_token()
    return _DigitsNode(nodelist, parser.compile_filter(digits))
