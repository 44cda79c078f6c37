"""Addresses. Office and fiscal year stand in every office page, so two tabs never mix."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from agencies.middleware import public
from pmqa_portal import views
from workflows.feed_views import calendar_feed

OFFICE = "o/<slug:agency_code>/"
YEAR = OFFICE + "<int:year>/"

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("language/", public(require_POST(set_language)), name="set_language"),
    # Read by calendar programs, without sign-in: the token is the key.
    path("calendar/<str:token>.ics", calendar_feed, name="calendar-feed"),
    # Open to whoever holds a paper: shows what proves it genuine, and nothing else.
    path("verify/", include("documents.issued.verify_urls")),
    # Invitations by link (the token is the key), and the door of a meeting.
    path("meetings/", include("committees.meetings.open_urls")),
    # A unit's answer to a question by link (the token is the key).
    path("assessment/question/", include("assessments.sharing.open_urls")),
    # LINE: linking one's own account, and the address that LINE itself calls (signed).
    path("line/", include("notifications.line_urls")),
    path("accounts/notices/", include("notifications.account_urls")),
    path("accounts/", include("agencies.account_urls")),
    path("admin/", admin.site.urls),
    path(OFFICE + "settings/criteria/", include("assessments.criteria.urls")),
    path(OFFICE + "settings/approvals/", include("approvals.settings_urls")),
    path(OFFICE + "settings/papers/", include("documents.house_look.urls")),
    path(OFFICE + "settings/", include("agencies.urls")),
    path(OFFICE + "subscription/", include("workflows.feed_urls")),
    path(OFFICE + "notifications/", include("notifications.urls")),
    path(YEAR, views.my_work, name="my-work"),
    path(YEAR + "documents/", include("documents.urls")),
    path(YEAR + "approvals/", include("approvals.urls")),
    path(YEAR + "committees/", include("committees.urls")),
    path(YEAR + "meetings/", include("committees.meetings.urls")),
    path(YEAR + "calendar/", include("workflows.urls")),
    path(YEAR + "sop/", include("workflows.sop.urls")),
    path(YEAR + "processes/", include("workflows.register_urls")),
    path(YEAR + "assessment/carry/", include("assessments.criteria.carry_urls")),
    path(YEAR + "assessment/", include("assessments.urls")),
    path(YEAR + "indicators/", include("assessments.indicators.urls")),
    path(YEAR + "profile/", include("assessments.profile.urls")),
    path(YEAR + "evidence/", include("assessments.evidence.urls")),
    path(YEAR + "plan/", include("improvement.urls")),
    path(YEAR + "rounds/", include("improvement.monitoring.urls")),
    path(YEAR + "practices/", include("improvement.practices.urls")),
    path(YEAR + "dashboards/", include("reports.dashboards.urls")),
    path(YEAR + "letters/", include("reports.letters.urls")),
    path(YEAR + "certificates/", include("reports.certificates.urls")),
    path(YEAR + "award/", include("reports.award.urls")),
    path(YEAR + "reports/", include("reports.urls")),
]

if settings.LAYOUT_REFERENCE:
    urlpatterns += [path(YEAR + "_layout", views.layout_reference, name="layout-reference")]
