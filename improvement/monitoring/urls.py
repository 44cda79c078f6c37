"""Addresses of the rounds (below /o/<office>/<year>/rounds/); a round is named by its months."""

from django.urls import path, re_path

from improvement.monitoring import report_views, views

app_name = "rounds"
urlpatterns = [
    path("", views.round_list, name="list"),
    path("make/", views.make, name="make"),
    path("add/", views.add, name="add"),
    path("compare/", views.compare, name="compare"),
    path("<int:months>/", views.round_page, name="round"),
    path("<int:months>/edit/", views.edit, name="edit"),
    path("<int:months>/remove/", views.remove, name="remove"),
    path("<int:months>/proposals/", views.proposals, name="proposals"),
    re_path(
        r"^(?P<months>\d{1,2})/(?P<name>open|close|close_anyway|withdraw)/$",
        views.transition,
        name="transition",
    ),
    path("<int:months>/actions/<int:pk>/", report_views.report, name="report"),
    path("<int:months>/actions/<int:pk>/evidence/", report_views.attach, name="attach"),
    path(
        "<int:months>/actions/<int:pk>/evidence/<int:evidence>/remove/",
        report_views.detach,
        name="detach",
    ),
]
