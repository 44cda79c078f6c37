from django.urls import path, re_path

from improvement import views

app_name = "improvement"
urlpatterns = [
    path("", views.plan, name="plan"),
    path("start/", views.plan_start, name="plan-start"),
    re_path(r"^(?P<name>submit|withdraw)/$", views.plan_transition, name="plan-transition"),
    path("actions/add/", views.action_add, name="action-add"),
    path("actions/<int:pk>/", views.action_edit, name="action-edit"),
    path("actions/<int:pk>/remove/", views.action_remove, name="action-remove"),
    re_path(
        r"^actions/(?P<pk>\d+)/(?P<direction>up|down)/$", views.action_move, name="action-move"
    ),
]
