"""Addresses of the organisational profile (below /o/<office>/<year>/profile/)."""

from django.urls import path

from assessments.profile import views

app_name = "profile"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("<int:number>/", views.topic, name="topic"),
    path("<int:number>/save/", views.topic_save, name="topic-save"),
]
