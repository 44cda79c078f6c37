"""Addresses of indicators (below /o/<office>/<year>/indicators/): results, definitions."""

from django.urls import include, path

app_name = "indicators"

urlpatterns = [
    path("", include("assessments.indicators.result_urls")),
    path("definitions/", include("assessments.indicators.definition_urls")),
]
