"""Addresses of the SOP editor (below /o/<office>/<year>/sop/<slug>/<number>/)."""

from django.urls import path

from workflows.sop import editor_views

urlpatterns = [
    path("edit/", editor_views.edit, name="version-edit"),
    path("edit/change/", editor_views.change, name="version-change"),
    path("files/", editor_views.file_add, name="file-add"),
    path("files/<int:pk>/remove/", editor_views.file_remove, name="file-remove"),
]
