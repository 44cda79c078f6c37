"""Addresses of committees and appointment orders, below /o/<office>/<year>/committees/."""

from django.urls import path

from committees import body_views, order_views, views

app_name = "committees"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("start/", body_views.start, name="start"),
    path("copy/", body_views.copy, name="copy"),
    path("add/", body_views.committee_add, name="committee-add"),
    path("<int:pk>/remove/", body_views.committee_remove, name="committee-remove"),
    path("<int:pk>/places/", body_views.places, name="places"),
    path("<int:pk>/edit/", body_views.committee_edit, name="committee-edit"),
    path("<int:pk>/members/add/", views.member_add, name="member-add"),
    path("<int:pk>/members/<int:member_pk>/", views.member_edit, name="member-edit"),
    path("<int:pk>/members/<int:member_pk>/remove/", views.member_remove, name="member-remove"),
    path("checks/<slug:code>/override/", views.override, name="override"),
    path("checks/<slug:code>/undo/", views.override_undo, name="override-undo"),
    path("orders/new/", order_views.order_create, name="order-create"),
    path("orders/<int:pk>/", order_views.order_detail, name="order-detail"),
    path("orders/<int:pk>/edit/", order_views.order_edit, name="order-edit"),
    path("orders/<int:pk>/discard/", order_views.order_discard, name="order-discard"),
    path("orders/<int:pk>/submit/", order_views.order_submit, name="order-submit"),
    path("orders/<int:pk>/withdraw/", order_views.order_withdraw, name="order-withdraw"),
    path("orders/<int:pk>/sign/", order_views.order_sign, name="order-sign"),
    path("orders/<int:pk>/return/", order_views.order_return, name="order-return"),
    path("orders/<int:pk>/record/", order_views.order_record, name="order-record"),
]
