"""Addresses of calling a meeting and of its agenda."""

from django.urls import path

from committees.meetings import views

urlpatterns = [
    path("", views.meeting_list, name="list"),
    path("<int:pk>/", views.meeting_detail, name="detail"),
]
