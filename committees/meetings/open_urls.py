"""Addresses of the personal invitation and of the door, which name no office."""

from django.urls import path

from committees.meetings import open_views

app_name = "invitation"
urlpatterns = [
    # Open to whoever holds the link of an invitation: the token is the key.
    path("reply/<str:token>/", open_views.reply, name="reply"),
    path("reply/<str:token>/meeting.ics", open_views.calendar, name="calendar"),
    path("door/<str:token>/", open_views.door, name="door"),
]
