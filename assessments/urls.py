"""Addresses of the self-assessment."""

from django.urls import include, path

from assessments import views
from assessments.indicators import item_views as indicator_views
from assessments.item import link_views, text_views
from assessments.item import views as item_views

app_name = "assessments"

urlpatterns = [
    path("", views.assessment_overview, name="overview"),
    path("start/", views.assessment_start, name="assessment-start"),
    path("due-dates/", views.due_dates, name="due-dates"),
    path("accept/", views.assessment_accept, name="assessment-accept"),
    path("reopen/", views.assessment_reopen, name="assessment-reopen"),
    path("category/<int:number>/", views.category_detail, name="category-detail"),
    path("category/<int:number>/submit/", views.category_submit, name="category-submit"),
    path("category/<int:number>/return/", views.category_return, name="category-return"),
    path("category/<int:number>/accept/", views.category_accept, name="category-accept"),
    path("parts/<int:part>/", views.part_mark, name="part-mark"),
    path("item/<int:pk>/", item_views.item_detail, name="item-detail"),
    path("item/<int:pk>/line/<int:line_pk>/", item_views.line_answer, name="line-answer"),
    path(
        "item/<int:pk>/line/<int:line_pk>/note/", text_views.line_note_save, name="line-note-save"
    ),
    path("item/<int:pk>/compare/", item_views.item_compare, name="item-compare"),
    path("item/<int:pk>/claims/", item_views.item_claims, name="item-claims"),
    path("item/<int:pk>/links/", link_views.item_links, name="item-links"),
    path("item-link/<int:pk>/remove/", link_views.item_link_remove, name="item-link-remove"),
    path("item/<int:pk>/narrative/", text_views.narrative_save, name="narrative-save"),
    path("item/<int:pk>/percent/", item_views.percent_save, name="percent-save"),
    path("item/<int:pk>/written/", item_views.written_mark, name="written-mark"),
    path("item/<int:pk>/findings/", text_views.finding_add, name="finding-add"),
    path("item/<int:pk>/indicators/add/", indicator_views.indicator_add, name="indicator-add"),
    path("indicators/<int:pk>/", indicator_views.indicator_edit, name="indicator-edit"),
    path("indicators/<int:pk>/remove/", indicator_views.indicator_remove, name="indicator-remove"),
    path("finding/<int:pk>/", text_views.finding_edit, name="finding-edit"),
    path("finding/<int:pk>/remove/", text_views.finding_remove, name="finding-remove"),
    path("", include("assessments.exchange.urls")),
    path("", include("assessments.insight.urls")),
    path("", include("assessments.sharing.urls")),
    path("", include("assessments.scores.urls")),
    path("", include("assessments.official.urls")),
    path("", include("assessments.checks.urls")),
]
