"""Who keeps a piece of evidence, and who may know one that is confidential.

A confidential one is known to officers, director and deputies, to its owner and whoever added it,
and to those who write a category that links it. Everybody else sees its code and nothing more.
"""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from agencies.enums import OfficeRole
from agencies.models import Agency, AuditEntry, User
from agencies.queries import agencies_visible_to
from agencies.roles import has_role, is_officer, may_decide_as_director
from assessments.models import Evidence, EvidenceLink, EvidenceUse, EvidenceVersion
from committees.roles import written_categories

LEADERS = (OfficeRole.OFFICER, OfficeRole.DIRECTOR, OfficeRole.DEPUTY)


def knows_all(user: User, agency: Agency) -> bool:
    """Return whether the person knows every confidential piece of the office."""
    return has_role(user, agency, *LEADERS) or may_decide_as_director(user, agency)


def readable(user: User, agency: Agency, year: int) -> Q:
    """Return the condition on the office's evidence of the year that the person may know."""
    if knows_all(user, agency):
        return Q(pk__isnull=False)
    found = Q(is_confidential=False) | Q(owner=user) | Q(created_by=user)
    numbers = written_categories(user, agency, year)
    if numbers:
        links = EvidenceLink.objects.filter(
            evidence=OuterRef("pk"),
            item_answer__category_assessment__category__number__in=numbers,
        )
        uses = EvidenceUse.objects.filter(
            evidence=OuterRef("pk"),
            indicator__item_answer__category_assessment__category__number__in=numbers,
        )
        found |= Q(Exists(links)) | Q(Exists(uses))
    return found


def mark_readable(rows: Iterable[Evidence], user: User, agency: Agency, year: int) -> None:
    """Set `may_read` on rows of one year; a query only where the answer hangs on links."""
    secret = []
    for row in rows:
        row.may_read = not row.is_confidential
        if row.is_confidential:
            secret.append(row)
    if not secret:
        return
    if knows_all(user, agency):
        known = {row.pk for row in secret}
    else:
        kept = Evidence.objects.filter(pk__in={row.pk for row in secret})
        known = set(kept.filter(readable(user, agency, year)).values_list("pk", flat=True))
    for row in secret:
        row.may_read = row.pk in known


def can_read(user: User, evidence: Evidence) -> bool:
    """Return whether the person may know name and content."""
    mark_readable([evidence], user, evidence.cycle.agency, evidence.cycle.fiscal_year)
    return evidence.may_read


def can_keep(user: User, evidence: Evidence) -> bool:
    """Return whether the person edits, replaces and removes it: owner, who added it, officers.

    A role decides, not the state of one category.
    """
    if has_role(user, evidence.cycle.agency, OfficeRole.OBSERVER, ""):
        return False
    own = user.pk in (evidence.owner_id, evidence.created_by_id)
    return own or is_officer(user, evidence.cycle.agency)


def can_use(user: User, agency: Agency, year: int) -> bool:
    """Return whether the person uses evidence somewhere: officers, champions and their teams."""
    return is_officer(user, agency) or bool(written_categories(user, agency, year))


def files_hidden_from(user: User) -> set[int]:
    """Return the files of confidential evidence, versions too, that the person may not know.

    A file that several confidential pieces hold is handed out to whoever knows one of them.
    """
    secret = list(
        Evidence.objects.filter(
            is_confidential=True, cycle__agency__in=agencies_visible_to(user)
        ).select_related("cycle__agency")
    )
    years: dict[tuple[Agency, int], list[Evidence]] = {}
    for row in secret:
        years.setdefault((row.cycle.agency, row.cycle.fiscal_year), []).append(row)
    for (agency, year), rows in years.items():
        mark_readable(rows, user, agency, year)
    held = _files_of(secret)
    known = {file for row in secret if row.may_read for file in held[row.pk]}
    return {file for row in secret if row.is_hidden for file in held[row.pk]} - known


def secret_files(agency: Agency) -> set[int]:
    """Return every file that confidential evidence of the office holds or held."""
    secret = Evidence.objects.filter(is_confidential=True, cycle__agency=agency)
    return {file for files in _files_of(list(secret)).values() for file in files}


def known_by_code(user: User, agency: Agency, ids: set[str]) -> dict[str, str]:
    """Return evidence → code, which is all that the audit log tells the person of it."""
    rows = list(Evidence.objects.filter(pk__in=ids, cycle__agency=agency).select_related("cycle"))
    for year in {row.cycle.fiscal_year for row in rows}:
        of_year = [row for row in rows if row.cycle.fiscal_year == year]
        mark_readable(of_year, user, agency, year)
    removed = ids - {str(row.pk) for row in rows}
    return _removed_secrets(user, agency, removed) | {
        str(row.pk): row.code for row in rows if row.is_hidden
    }


def _removed_secrets(user: User, agency: Agency, ids: set[str]) -> dict[str, str]:
    """Return the codes of pieces that were confidential when they were removed.

    The entry of the removal says so: of a confidential piece it has the code and no title.
    """
    if not ids or knows_all(user, agency):
        return {}
    ends = AuditEntry.objects.filter(
        agency=agency,
        object_type=Evidence._meta.label_lower,
        object_id__in=ids,
        action="evidence.remove",
    )
    return {pk: code for pk, code in ends.values_list("object_id", "summary") if " " not in code}


def _files_of(rows: list[Evidence]) -> dict[int, set[int]]:
    """Return evidence → the files it holds and held; no query for no rows."""
    held = {row.pk: {row.file_id} - {None} for row in rows}
    if held:
        older = EvidenceVersion.objects.filter(evidence__in=held, file__isnull=False)
        for pk, file in older.values_list("evidence", "file"):
            held[pk].add(file)
    return held
