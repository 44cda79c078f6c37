"""Addresses of an SOP's life: begin, submit, decide, put in use, compare, retire."""

from django.urls import path

from workflows.sop import history_views, life_views

VERSION = "<slug:slug>/<int:number>/"
urlpatterns = [
    path("new/", life_views.sop_new, name="new"),
    path("<slug:slug>/compare/", history_views.compare_versions, name="versions-compare"),
    path(VERSION + "history/", history_views.history, name="version-history"),
    path(VERSION + "compare/", history_views.compare_saves, name="saves-compare"),
    path(VERSION + "restore/", history_views.restore_save, name="save-restore"),
    path(VERSION + "draft/", life_views.draft_new, name="draft-new"),
    path(VERSION + "copy/", life_views.sop_copy, name="version-copy"),
    path(VERSION + "delete/", life_views.draft_delete, name="draft-delete"),
    path(VERSION + "submit/", life_views.submit, name="version-submit"),
    path(VERSION + "withdraw/", life_views.withdraw, name="version-withdraw"),
    path(VERSION + "put-in-use/", life_views.use, name="version-use"),
    path(VERSION + "retire/", life_views.retire, name="version-retire"),
]
