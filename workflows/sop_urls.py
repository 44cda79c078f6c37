"""Addresses of the SOPs (below /o/<office>/<year>/sop/)."""

from django.urls import path

from workflows import sop_views

app_name = "sop"
urlpatterns = [
    path("", sop_views.procedure_list, name="list"),
    path("import/", sop_views.import_file, name="import"),
    path("<slug:slug>/", sop_views.procedure_detail, name="procedure-detail"),
    path("<slug:slug>/<int:number>/", sop_views.version_detail, name="version-detail"),
    path("<slug:slug>/<int:number>/export/", sop_views.version_export, name="version-export"),
]
