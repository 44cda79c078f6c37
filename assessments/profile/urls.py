"""Addresses of the organisational profile (below /o/<office>/<year>/profile/)."""

from django.urls import path

from assessments.profile import table_views, views

app_name = "profile"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("<int:number>/", views.topic, name="topic"),
    path("<int:number>/save/", views.topic_save, name="topic-save"),
    path("<int:number>/owner/", views.topic_owner, name="topic-owner"),
    path("<int:number>/rows/", table_views.rows_save, name="topic-rows"),
    path("<int:number>/picture/", table_views.image_save, name="topic-image"),
]
