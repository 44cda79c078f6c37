"""Addresses of dashboards (below /o/<office>/<year>/dashboards/)."""

from django.urls import path

from reports.dashboards import views

app_name = "dashboards"
urlpatterns = [
    path("", views.screen, name="director"),
    path("units/", views.unit, name="unit"),
    path("mine/", views.my_indicators, name="mine"),
    path("red/", views.red_list, name="red"),
    path("red.xlsx", views.red_export, name="red-export"),
]
