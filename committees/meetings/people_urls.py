"""Addresses of replies, attendance, the door and feedback."""

from django.urls import path

from committees.meetings import attendance_views, people_views

urlpatterns = [
    path("<int:pk>/people/", people_views.people, name="people"),
    path("<int:pk>/people/fill/", people_views.people_fill, name="people-fill"),
    path("<int:pk>/people/add/", people_views.person_add, name="person-add"),
    path("<int:pk>/people/change/", people_views.people_change, name="people-change"),
    path("<int:pk>/people/send/", people_views.people_send, name="people-send"),
    path("<int:pk>/people/<int:attendee_pk>/", people_views.person, name="person"),
    path("<int:pk>/meeting.ics", people_views.calendar, name="calendar-file"),
    path("<int:pk>/attendance/", attendance_views.attendance, name="attendance"),
    path("<int:pk>/attendance/mark/", attendance_views.mark, name="attendance-mark"),
    path("<int:pk>/attendance/all/", attendance_views.mark_all, name="attendance-all"),
    path("<int:pk>/door/", attendance_views.door_poster, name="door-poster"),
    path("<int:pk>/door/code.svg", attendance_views.door_code, name="door-code"),
    path("<int:pk>/feedback/", attendance_views.feedback, name="feedback"),
]
