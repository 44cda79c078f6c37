from django.urls import path

from agencies import holiday_views, people_views, views

app_name = "agencies"
urlpatterns = [
    path("", views.settings_home, name="settings"),
    path("people/", people_views.person_list, name="person-list"),
    path("people/add/", people_views.person_add, name="person-add"),
    path("people/<int:pk>/", people_views.person_edit, name="person-edit"),
    path("people/<int:pk>/deactivate/", people_views.person_deactivate, name="person-deactivate"),
    path("people/<int:pk>/reactivate/", people_views.person_reactivate, name="person-reactivate"),
    path("people/<int:pk>/password/", people_views.person_password, name="person-password"),
    path("units/", views.unit_list, name="unit-list"),
    path("units/add/", views.unit_add, name="unit-add"),
    path("units/<int:pk>/", views.unit_edit, name="unit-edit"),
    path("units/<int:pk>/move/", views.unit_move, name="unit-move"),
    path("units/<int:pk>/switch/", views.unit_switch, name="unit-switch"),
    path("acting/", views.acting_list, name="acting-list"),
    path("acting/add/", views.acting_add, name="acting-add"),
    path("acting/<int:pk>/end/", views.acting_end, name="acting-end"),
    path("holidays/", holiday_views.holiday_list, name="holiday-list"),
    path("holidays/add/", holiday_views.holiday_add, name="holiday-add"),
    path("holidays/fill/", holiday_views.holiday_fill, name="holiday-fill"),
    path("holidays/import/", holiday_views.holiday_import, name="holiday-import"),
    path("holidays/<int:pk>/", holiday_views.holiday_edit, name="holiday-edit"),
    path("holidays/<int:pk>/delete/", holiday_views.holiday_delete, name="holiday-delete"),
    path("office/", views.office_edit, name="office-edit"),
    path("audit/", views.audit_log, name="audit-log"),
]
