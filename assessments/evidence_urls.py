"""Addresses of the evidence library (below /o/<office>/<year>/evidence/)."""

from django.urls import path

from assessments import evidence_views

app_name = "evidence"
urlpatterns = [
    path("", evidence_views.evidence_library, name="library"),
    path("attach/", evidence_views.attach, name="attach"),
    path("<int:pk>/", evidence_views.detail, name="detail"),
    path("<int:pk>/remove/", evidence_views.remove, name="remove"),
    path("links/<int:pk>/remove/", evidence_views.unlink, name="unlink"),
]
