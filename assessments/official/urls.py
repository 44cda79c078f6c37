"""Addresses of official results; assessments/urls.py takes them in (namespace assessments)."""

from django.urls import path

from assessments.official import views

urlpatterns = [
    path("official/", views.results, name="official-list"),
    path("official/add/", views.result_add, name="official-add"),
    path("official/<int:pk>/", views.result_edit, name="official-edit"),
    path("official/<int:pk>/lock/", views.result_lock, name="official-lock"),
    path("official/<int:pk>/unlock/", views.result_unlock, name="official-unlock"),
    path("official/<int:pk>/remove/", views.result_remove, name="official-remove"),
]
