"""Addresses of the award (below /o/<office>/<year>/award/)."""

from django.urls import path

from reports.award import limit_views, readiness_views, views

app_name = "award"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("limits/", limit_views.limits, name="limits"),
    path("limits/copy/", limit_views.limits_copy, name="limits-copy"),
    path("readiness/", readiness_views.readiness, name="readiness"),
    path("readiness/<int:number>/", readiness_views.category, name="readiness-category"),
    path("readiness/<int:pk>/score/", readiness_views.score_save, name="readiness-score"),
    path("readiness/<int:pk>/reason/", readiness_views.reason_save, name="readiness-reason"),
    path("executive-summary/draft/", views.summary_draft, name="summary-draft"),
    path("<slug:kind>/", views.form, name="form"),
    path("<slug:kind>/<slug:topic>/save/", views.text_save, name="text-save"),
    path("<slug:kind>/<slug:topic>/history/", views.history, name="text-history"),
]
