"""Addresses of calling a meeting, of its agenda, and of the forms of agenda."""

from django.urls import path

from committees.meetings import agenda_views, calling_views, template_views, views

AGENDA = "<int:pk>/agenda/"
ITEM = AGENDA + "<int:item_pk>/"
urlpatterns = [
    path("", views.meeting_list, name="list"),
    path("new/", calling_views.meeting_new, name="new"),
    path("proposal/", calling_views.proposal, name="proposal"),
    path("templates/", template_views.template_list, name="templates"),
    path("templates/new/", template_views.template_new, name="template-new"),
    path("templates/<int:pk>/", template_views.template_edit, name="template-edit"),
    path("templates/<int:pk>/delete/", template_views.template_delete, name="template-delete"),
    path("<int:pk>/", views.meeting_detail, name="detail"),
    path("<int:pk>/edit/", calling_views.meeting_edit, name="edit"),
    path("<int:pk>/facts/", calling_views.facts, name="facts"),
    path("<int:pk>/call/", calling_views.call, name="call"),
    path("<int:pk>/hold/", calling_views.hold, name="hold"),
    path("<int:pk>/cancel/", calling_views.cancel, name="cancel"),
    path("<int:pk>/reopen/", calling_views.reopen, name="reopen"),
    path("<int:pk>/restore/", calling_views.restore, name="restore"),
    path(AGENDA, agenda_views.agenda, name="agenda"),
    path(AGENDA + "add/", agenda_views.add, name="agenda-add"),
    path(AGENDA + "move/", agenda_views.move, name="agenda-move"),
    path(AGENDA + "arising/", agenda_views.list_arising, name="agenda-arising"),
    path(ITEM, agenda_views.item_edit, name="item-edit"),
    path(ITEM + "remove/", agenda_views.item_remove, name="item-remove"),
    path(ITEM + "files/", agenda_views.item_upload, name="item-upload"),
    path(ITEM + "issued/", agenda_views.item_issued, name="item-issued"),
    path(
        "<int:pk>/agenda-papers/<int:paper_pk>/remove/",
        agenda_views.paper_remove,
        name="agenda-paper-remove",
    ),
]
