"""Addresses of what is measured: list, form, versions, Excel, copying of last year's."""

from django.urls import path

from assessments.indicators import definition_views as views

urlpatterns = [
    path("", views.definitions, name="definitions"),
]
