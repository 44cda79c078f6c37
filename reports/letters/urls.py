"""Addresses of letters (below /o/<office>/<year>/letters/)."""

from django.urls import path

from reports.letters import views

app_name = "letters"
urlpatterns = [
    path("", views.letter_list, name="list"),
    path("new/", views.letter_new, name="new"),
    path("<int:pk>/", views.letter, name="letter"),
    path("<int:pk>/edit/", views.letter_edit, name="edit"),
    path("<int:pk>/copy/", views.letter_copy, name="copy"),
    path("<int:pk>/remove/", views.letter_remove, name="remove"),
    path("<int:pk>/issue/", views.letter_issue, name="issue"),
]
