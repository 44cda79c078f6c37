"""Addresses of the criteria's editions (below /o/<office>/settings/criteria/)."""

from django.urls import path

from assessments.criteria import edit_views, views

app_name = "criteria"
urlpatterns = [
    path("", views.edition_list, name="edition-list"),
    path("upload/", views.edition_upload, name="edition-upload"),
    path("mapping/", edit_views.mapping_edit, name="mapping"),
    path("<int:pk>/", views.edition_detail, name="edition-detail"),
    path("<int:pk>/edition.yaml", views.edition_file, name="edition-file"),
    path("<int:pk>/edit/", edit_views.head_edit, name="edition-edit"),
    path("<int:pk>/items/<str:code>/", edit_views.item_edit, name="item-edit"),
]
