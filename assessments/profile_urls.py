"""Addresses of the organisational profile (below /o/<office>/<year>/profile/)."""

from django.urls import path

from assessments import profile_views

app_name = "profile"
urlpatterns = [
    path("", profile_views.overview, name="overview"),
    path("<int:number>/", profile_views.topic, name="topic"),
    path("<int:number>/save/", profile_views.topic_save, name="topic-save"),
]
