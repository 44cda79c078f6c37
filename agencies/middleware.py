"""Sign-in for every page, and the office that an address names."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, resolve_url

from agencies.audit import current_address
from agencies.models import AgencyMembership
from agencies.page_figures import figures, remember
from agencies.roles import pens_lent_to
from core import clock

# Years (B.E.) that an address may name; the calendar can count with all of them.
_FIRST_YEAR, _LAST_YEAR = 2500, 2700
# Pages a person may open before changing a temporary password.
_OPEN_WHILE_PASSWORD_IS_TEMPORARY = {
    "account_change_password",
    "account_logout",
    "set_language",
}


def client_address(request) -> str:
    """Return the visitor's network address as the outermost of our own proxies saw it."""
    count = settings.PROXY_COUNT
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    if count and len(hops) >= count and hops[-count]:
        return hops[-count][:45]
    return request.META.get("REMOTE_ADDR", "")


def public(view):
    """Mark a view as open without sign-in (login pages, health checks, verification)."""
    view.is_public = True
    return view


def _is_public(view) -> bool:
    return getattr(view, "is_public", False)


def _login_response(request):
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=401)
        response["HX-Redirect"] = resolve_url(settings.LOGIN_URL)
        if back := request.htmx.current_url_abs_path:
            response["HX-Redirect"] += f"?{urlencode({'next': back})}"
        return response
    return redirect_to_login(request.get_full_path())


def login_required_middleware(get_response):
    """Send anonymous visitors to the login page; keep pages with data out of caches."""

    def middleware(request):
        request.META["REMOTE_ADDR"] = client_address(request)
        current_address.set(request.META["REMOTE_ADDR"])
        response = get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(request, view, args, kwargs):
        if request.user.is_authenticated:
            name = request.resolver_match.url_name
            if request.user.must_change_password and (
                name not in _OPEN_WHILE_PASSWORD_IS_TEMPORARY
            ):
                return redirect("account_change_password")
            return None
        return None if _is_public(view) else _login_response(request)

    middleware.process_view = process_view
    return middleware


def office_middleware(get_response):
    """Resolve `agency_code` of an office page to the person's own office, or 404.

    Sets `request.membership`, `request.agency` and, where the address has one,
    `request.fiscal_year` (B.E.). A person of another office gets 404, never 403.
    """

    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        code = kwargs.get("agency_code")
        if code is None or not request.user.is_authenticated:
            return None
        if not _FIRST_YEAR <= kwargs.get("year", _FIRST_YEAR) <= _LAST_YEAR:
            raise Http404
        is_page = request.method in ("GET", "HEAD")
        # All memberships in one query: the layout offers the person's other offices too.
        request.memberships = list(
            AgencyMembership.objects.filter(
                user=request.user, is_active=True, agency__is_active=True
            )
            .select_related("agency", "unit")
            .annotate(
                may_act=Exists(pens_lent_to(request.user, OuterRef("agency"), clock.today())),
                **(figures(request.user) if is_page else {}),
            )
            .order_by("pk")
        )
        membership = next((row for row in request.memberships if row.agency.code == code), None)
        if membership is None:
            raise Http404
        membership.user = request.user
        request.membership = membership
        if is_page:
            remember(request.user, membership)
        request.user.__dict__.setdefault("_may_act", {})[membership.agency_id] = membership.may_act
        request.agency = membership.agency
        request.fiscal_year = kwargs.get("year")
        request.user.__dict__.setdefault("_office_roles", {})[membership.agency_id] = (
            membership.role
        )
        return None

    middleware.process_view = process_view
    return middleware
