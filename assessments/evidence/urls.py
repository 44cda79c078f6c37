"""Addresses of the evidence library (below /o/<office>/<year>/evidence/)."""

from django.urls import path

from assessments.evidence import views

app_name = "evidence"
urlpatterns = [
    path("", views.evidence_library, name="library"),
    path("attach/", views.attach, name="attach"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/remove/", views.remove, name="remove"),
    path("links/<int:pk>/remove/", views.unlink, name="unlink"),
]
