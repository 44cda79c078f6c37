"""Addresses of what looks at assessments as a whole (below /o/<office>/<year>/assessment/)."""

from django.urls import path

from assessments.insight import views

urlpatterns = [
    path("insight/", views.insight, name="insight"),
    path("all/", views.assessment_list, name="assessment-list"),
]
