"""Addresses of best practices and lessons (below /o/<office>/<year>/practices/)."""

from django.urls import path, re_path

from improvement.practices import lesson_views, photo_views, views

app_name = "practices"
urlpatterns = [
    path("", views.practice_list, name="list"),
    path("add/", views.practice_add, name="add"),
    path("<int:pk>/", views.practice, name="practice"),
    path("<int:pk>/facts/", views.facts, name="facts"),
    path("<int:pk>/remove/", views.remove, name="remove"),
    path("<int:pk>/heading/<int:number>/", views.heading, name="heading"),
    path("<int:pk>/text/<str:code>/", views.section_save, name="section-save"),
    path("<int:pk>/text/<str:code>/take/", views.section_take, name="section-take"),
    path("<int:pk>/letters/", views.letters_save, name="letters"),
    re_path(r"^(?P<pk>\d+)/(?P<name>submit|withdraw)/$", views.transition, name="transition"),
    path("<int:pk>/flow-chart/", photo_views.flow_chart, name="flow-chart"),
    path("<int:pk>/photos/", photo_views.photo_add, name="photo-add"),
    path("<int:pk>/photos/<int:photo_pk>/", photo_views.photo_edit, name="photo-edit"),
    path("<int:pk>/photos/<int:photo_pk>/remove/", photo_views.photo_remove, name="photo-remove"),
    re_path(
        r"^(?P<pk>\d+)/photos/(?P<photo_pk>\d+)/(?P<direction>up|down)/$",
        photo_views.photo_move,
        name="photo-move",
    ),
    path("lessons/", lesson_views.lesson_list, name="lessons"),
    path("lessons/add/", lesson_views.lesson_add, name="lesson-add"),
    path("lessons/<int:pk>/", lesson_views.lesson, name="lesson"),
    path("lessons/<int:pk>/edit/", lesson_views.lesson_edit, name="lesson-edit"),
    path("lessons/<int:pk>/remove/", lesson_views.lesson_remove, name="lesson-remove"),
]
