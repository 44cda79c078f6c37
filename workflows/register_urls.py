"""Addresses of the process register (below /o/<office>/<year>/processes/)."""

from django.urls import path

from workflows import register_views as views

app_name = "processes"
urlpatterns = [
    path("", views.process_list, name="list"),
    path("add/", views.process_add, name="add"),
    path("import/", views.register_import, name="import"),
    path("import/confirm/", views.register_import_confirm, name="import-confirm"),
    path("export/", views.register_export, name="export"),
    path("print/", views.register_print, name="print"),
    path("<int:pk>/edit/", views.process_edit, name="edit"),
    path("<int:pk>/switch/", views.process_switch, name="switch"),
    path("<int:pk>/write-sop/", views.process_write_sop, name="write-sop"),
]
