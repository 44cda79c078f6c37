"""Addresses of the calendar subscription (below /o/<office>/subscription/)."""

from django.urls import path

from workflows import feed_views

app_name = "feeds"
urlpatterns = [
    path("", feed_views.feed_detail, name="detail"),
    path("renew/", feed_views.feed_renew, name="renew"),
    path("revoke/", feed_views.feed_revoke, name="revoke"),
]
