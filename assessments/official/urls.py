"""Addresses of official results; assessments/urls.py takes them in (namespace assessments)."""

from django.urls import path

from assessments.official import handed_views, settings_views, views

urlpatterns = [
    path("official/", views.results, name="official-list"),
    path("official/add/", views.result_add, name="official-add"),
    path("official/settings/", settings_views.settings, name="official-settings"),
    path("official/settings/target/", settings_views.target_save, name="official-target"),
    path("official/settings/bands/add/", settings_views.band_add, name="official-band-add"),
    path("official/settings/bands/<int:pk>/", settings_views.band_edit, name="official-band"),
    path(
        "official/settings/bands/<int:pk>/remove/",
        settings_views.band_remove,
        name="official-band-remove",
    ),
    path("official/handed-in/", handed_views.handed_list, name="handed-list"),
    path("official/handed-in/add/", handed_views.handed_add, name="handed-add"),
    path("official/handed-in/<int:pk>/", handed_views.handed_detail, name="handed-detail"),
    path("official/handed-in/<int:pk>/edit/", handed_views.handed_edit, name="handed-edit"),
    path("official/handed-in/<int:pk>/remove/", handed_views.handed_remove, name="handed-remove"),
    path("official/<int:pk>/", views.result_edit, name="official-edit"),
    path("official/<int:pk>/lock/", views.result_lock, name="official-lock"),
    path("official/<int:pk>/unlock/", views.result_unlock, name="official-unlock"),
    path("official/<int:pk>/remove/", views.result_remove, name="official-remove"),
]
