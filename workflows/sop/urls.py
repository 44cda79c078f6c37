"""Addresses of the SOPs (below /o/<office>/<year>/sop/)."""

from django.urls import include, path

from workflows.sop import views, word_views

app_name = "sop"
urlpatterns = [
    path("", views.procedure_list, name="list"),
    path("import/", views.import_file, name="import"),
    path("import/word/", word_views.word_import, name="import-word"),
    path("import/word/draft/", word_views.word_draft, name="import-word-draft"),
    path("layouts/", include("workflows.sop.layout_urls")),
    path("manuals/", include("workflows.sop.manual_urls")),
    path("", include("workflows.sop.life_urls")),
    path("<slug:slug>/", views.procedure_detail, name="procedure-detail"),
    path("<slug:slug>/<int:number>/", views.version_detail, name="version-detail"),
    path("<slug:slug>/<int:number>/", include("workflows.sop.editor_urls")),
    path("<slug:slug>/<int:number>/export/", views.version_export, name="version-export"),
]
