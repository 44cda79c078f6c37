"""Addresses of the printed layouts (below …/sop/layouts/)."""

from django.urls import path

from workflows.sop import layout_views

urlpatterns = [
    path("", layout_views.layout_list, name="layout-list"),
    path("copy/", layout_views.layout_copy, name="layout-copy"),
    path("<int:pk>/", layout_views.layout_edit, name="layout-edit"),
    path("<int:pk>/delete/", layout_views.layout_delete, name="layout-delete"),
]
