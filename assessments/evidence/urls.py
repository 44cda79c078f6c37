"""Addresses of the evidence library (below /o/<office>/<year>/evidence/)."""

from django.urls import path

from assessments.evidence import attach_views, bulk_views, detail_views, views

app_name = "evidence"
urlpatterns = [
    path("", views.evidence_library, name="library"),
    path("library.xlsx", views.library_excel, name="library-excel"),
    path("gaps/", views.gap_list, name="gaps"),
    path("gaps.xlsx", views.gap_excel, name="gaps-excel"),
    path("add/", attach_views.choose_item, name="add"),
    path("attach/", attach_views.attach, name="attach"),
    path("items/<int:pk>/reuse/", attach_views.reuse, name="reuse"),
    path("chosen/", bulk_views.chosen, name="chosen"),
    path("chosen/owner/", bulk_views.hand_over, name="owner"),
    path("<int:pk>/", detail_views.detail, name="detail"),
    path("<int:pk>/replace/", detail_views.replace, name="replace"),
    path("<int:pk>/pictures/", detail_views.make_pictures, name="pictures"),
    path("<int:pk>/pages/<int:page>/", detail_views.page_picture, name="page"),
    path("<int:pk>/remove/", detail_views.remove, name="remove"),
    path("links/<int:pk>/remove/", detail_views.unlink, name="unlink"),
    path("uses/<int:pk>/remove/", detail_views.end_use, name="end-use"),
]
