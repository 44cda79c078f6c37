"""The address that carries last year's texts (below /o/<office>/<year>/assessment/carry/)."""

from django.urls import path

from assessments.criteria import carry_views

app_name = "carrying"
urlpatterns = [path("", carry_views.carry_texts, name="carry")]
