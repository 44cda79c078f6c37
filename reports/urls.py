"""Addresses of the reports (below /o/<office>/<year>/reports/)."""

from django.urls import path

from reports import views
from reports.year_book import views as book_views

app_name = "reports"
urlpatterns = [
    path("", views.index, name="index"),
    path("year-book/", book_views.year_book, name="year-book"),
]
