"""Addresses of the fiscal year calendar (below /o/<office>/<year>/calendar/)."""

from django.urls import path

from workflows import (
    award_views,
    cycle_update_views,
    feed_views,
    opening_views,
    plan_views,
    postpone_views,
    shift_views,
    step_views,
    views,
    year_end_views,
)

app_name = "workflows"
urlpatterns = [
    path("", views.calendar, name="calendar"),
    path("year.ics", feed_views.year_file, name="year-file"),
    path("open/", opening_views.cycle_open, name="cycle-open"),
    path("action-plan.xlsx", plan_views.year_sheet, name="year-sheet"),
    path("cycles/<int:pk>/action-plan.xlsx", plan_views.cycle_sheet, name="cycle-sheet"),
    path("postpone/", postpone_views.postpone, name="postpone"),
    path("awards/", award_views.award_list, name="award-list"),
    path("awards/add/", award_views.award_add, name="award-add"),
    path("awards/copy/", award_views.award_copy, name="award-copy"),
    path("awards/<int:pk>/", award_views.award_edit, name="award-edit"),
    path("awards/<int:pk>/remove/", award_views.award_remove, name="award-remove"),
    path("cycles/<int:pk>/backfill/", opening_views.cycle_backfill, name="cycle-backfill"),
    path("cycles/<int:pk>/", year_end_views.year_end, name="year-end"),
    path("cycles/<int:pk>/close/", year_end_views.cycle_close, name="cycle-close"),
    path("cycles/<int:pk>/reopen/", year_end_views.cycle_reopen, name="cycle-reopen"),
    path("cycles/<int:pk>/draft/", year_end_views.cycle_draft, name="cycle-draft"),
    path("cycles/<int:pk>/update/", cycle_update_views.cycle_update, name="cycle-update"),
    path("steps/<int:pk>/", step_views.step_detail, name="step-detail"),
    path("steps/<int:pk>/note/", step_views.step_note, name="step-note"),
    path("steps/<int:pk>/start/", step_views.step_start, name="step-start"),
    path("steps/<int:pk>/finish/", step_views.step_finish, name="step-finish"),
    path("steps/<int:pk>/reopen/", step_views.step_reopen, name="step-reopen"),
    path("steps/<int:pk>/days/<int:order>/", step_views.step_days, name="step-days"),
    path("steps/<int:pk>/shift/<int:order>/", shift_views.step_shift, name="step-shift"),
    path("steps/<int:pk>/shift-undo/", shift_views.step_shift_undo, name="step-shift-undo"),
    path("steps/<int:pk>/documents/", step_views.document_add, name="document-add"),
    path(
        "steps/<int:pk>/documents/<int:document_pk>/",
        step_views.document_attach,
        name="document-attach",
    ),
]
