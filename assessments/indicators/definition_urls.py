"""Addresses of what is measured: list, form, versions, Excel, copying of last year's."""

from django.urls import path

from assessments.indicators import copy_views, sheet_views
from assessments.indicators import definition_views as views

urlpatterns = [
    path("", views.definitions, name="definitions"),
    path("add/", views.definition_add, name="definition-add"),
    path("<int:pk>/", views.definition_edit, name="definition-edit"),
    path("<int:pk>/versions/", views.definition_history, name="definition-history"),
    path("<int:pk>/remove/", views.definition_remove, name="definition-remove"),
    path("copy/", copy_views.definition_copy, name="definition-copy"),
    path("excel/", sheet_views.definition_export, name="definition-export"),
    path("excel/template/", sheet_views.definition_template, name="definition-template"),
    path("excel/import/", sheet_views.definition_import, name="definition-import"),
    path(
        "excel/import/confirm/",
        sheet_views.definition_import_confirm,
        name="definition-import-confirm",
    ),
]
