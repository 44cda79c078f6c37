"""Addresses of minutes and resolutions."""

from django.urls import path

from committees.meetings import minutes_life_views as life
from committees.meetings import minutes_views, resolution_views

urlpatterns = [
    path("<int:pk>/minutes/", minutes_views.minutes_page, name="minutes"),
    path("<int:pk>/minutes/facts/", minutes_views.facts_save, name="minutes-facts"),
    path("<int:pk>/minutes/items/add/", minutes_views.item_add, name="minutes-item-add"),
    path(
        "<int:pk>/minutes/items/<int:item_pk>/text/",
        minutes_views.item_text,
        name="minutes-item-text",
    ),
    path(
        "<int:pk>/minutes/items/<int:item_pk>/done/",
        minutes_views.item_done,
        name="minutes-item-done",
    ),
    path(
        "<int:pk>/minutes/items/<int:item_pk>/resolution/",
        minutes_views.resolution_add,
        name="resolution-add",
    ),
    path(
        "<int:pk>/minutes/resolutions/<int:resolution_pk>/",
        minutes_views.resolution_save,
        name="resolution-save",
    ),
    path("<int:pk>/minutes/submit/", life.submit, name="minutes-submit"),
    path("<int:pk>/minutes/withdraw/", life.withdraw, name="minutes-withdraw"),
    path("<int:pk>/minutes/rewrite/", life.rewrite, name="minutes-rewrite"),
    path("<int:pk>/minutes/approve/", life.approve, name="minutes-approve"),
    path("<int:pk>/minutes/return/", life.return_, name="minutes-return"),
    path("<int:pk>/minutes/confirm/", life.confirm, name="minutes-confirm"),
    path("<int:pk>/minutes/circulate/", life.circulate, name="minutes-circulate"),
    path("<int:pk>/minutes/answer/", life.answer, name="minutes-answer"),
    path("resolutions/", resolution_views.resolution_list, name="resolutions"),
    path("resolutions/export/", resolution_views.resolution_export, name="resolutions-export"),
    path("resolutions/<int:pk>/", resolution_views.resolution_detail, name="resolution"),
    path("resolutions/<int:pk>/note/", resolution_views.resolution_note, name="resolution-note"),
    path(
        "resolutions/<int:pk>/finish/",
        resolution_views.resolution_finish,
        name="resolution-finish",
    ),
    path("resolutions/<int:pk>/drop/", resolution_views.resolution_drop, name="resolution-drop"),
    path(
        "resolutions/<int:pk>/reopen/",
        resolution_views.resolution_reopen,
        name="resolution-reopen",
    ),
]
