"""Addresses of the manuals (below …/sop/manuals/)."""

from django.urls import path

from workflows.sop import manual_views

urlpatterns = [
    path("", manual_views.manual_list, name="manual-list"),
    path("add/", manual_views.manual_add, name="manual-add"),
    path("<int:pk>/", manual_views.manual_detail, name="manual-detail"),
    path("<int:pk>/edit/", manual_views.manual_edit, name="manual-edit"),
    path("<int:pk>/delete/", manual_views.manual_delete, name="manual-delete"),
]
