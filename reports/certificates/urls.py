"""Addresses of certificates (below /o/<office>/<year>/certificates/)."""

from django.urls import path

from reports.certificates import views

app_name = "certificates"
urlpatterns = [
    path("", views.certificate_list, name="list"),
    path("new/", views.certificate_new, name="new"),
    path("<int:pk>/", views.certificate, name="certificate"),
    path("<int:pk>/edit/", views.certificate_edit, name="edit"),
    path("<int:pk>/remove/", views.certificate_remove, name="remove"),
]
