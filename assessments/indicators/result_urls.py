"""Addresses of results: the values of a year's rounds."""

from django.urls import path

from assessments.indicators import check_views, result_views, settings_views, totals_views

urlpatterns = [
    path("", result_views.result_list, name="list"),
    path("check/", check_views.check, name="check"),
    path("totals/", totals_views.totals, name="totals"),
    path("letci/", totals_views.letci, name="letci"),
    path("results.xlsx", totals_views.export, name="results-export"),
    path("settings/", settings_views.settings, name="settings"),
    path("<int:pk>/", result_views.detail, name="detail"),
    path("<int:pk>/round/<int:months>/", result_views.value_save, name="value-save"),
]
