"""Addresses of the checks, below /o/<office>/<year>/assessment/."""

from django.urls import path

from assessments.checks import views

urlpatterns = [
    path("check/", views.assessment_check, name="assessment-check"),
    path("category/<int:number>/check/", views.category_check, name="category-check"),
]
