"""Addresses of the workbook (below /o/<office>/<year>/assessment/)."""

from django.urls import path

from assessments.exchange import views

urlpatterns = [
    path("excel/", views.excel_export, name="excel-export"),
    path("excel/import/", views.excel_import, name="excel-import"),
    path("excel/import/confirm/", views.excel_confirm, name="excel-confirm"),
]
