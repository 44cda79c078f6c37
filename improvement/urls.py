from django.urls import path, re_path

from improvement import (
    action_views,
    carry_views,
    change_views,
    doing_views,
    plan_views,
    point_views,
    project_views,
    year_views,
)

app_name = "improvement"
WAY = r"(?P<direction>up|down)/$"
urlpatterns = [
    path("", plan_views.plan, name="plan"),
    path("start/", plan_views.plan_start, name="plan-start"),
    re_path(r"^(?P<name>submit|withdraw)/$", plan_views.plan_transition, name="plan-transition"),
    re_path(r"^state/(?P<name>start|close)/$", plan_views.plan_transition, name="plan-life"),
    path("year/", year_views.year_view, name="year"),
    path("plan.xlsx", year_views.plan_excel, name="plan-excel"),
    path("carry/", carry_views.carry, name="carry"),
    path("history/", carry_views.history, name="history"),
    path("changes/", change_views.change_list, name="change-list"),
    path("changes/<int:pk>/", change_views.change_detail, name="change-detail"),
    re_path(
        r"^changes/(?P<pk>\d+)/(?P<name>submit|withdraw|drop)/$",
        change_views.change_transition,
        name="change-transition",
    ),
    path("points/", point_views.point_list, name="point-list"),
    path("points/gather/", point_views.gather, name="point-gather"),
    path("points/add/", point_views.point_add, name="point-add"),
    path("points/<int:pk>/", point_views.point_edit, name="point-edit"),
    path("points/<int:pk>/place/", point_views.point_place, name="point-place"),
    path("points/<int:pk>/leave-out/", point_views.point_leave_out, name="point-leave-out"),
    path("points/<int:pk>/bring-back/", point_views.point_bring_back, name="point-bring-back"),
    path("projects/add/", project_views.project_add, name="project-add"),
    path("projects/<int:pk>/", project_views.project_edit, name="project-edit"),
    path("projects/<int:pk>/remove/", project_views.project_remove, name="project-remove"),
    re_path(r"^projects/(?P<pk>\d+)/" + WAY, project_views.project_move, name="project-move"),
    path("actions/add/", action_views.action_add, name="action-add"),
    path("actions/<int:pk>/", action_views.action_edit, name="action-edit"),
    path("actions/<int:pk>/view/", doing_views.action_detail, name="action-detail"),
    path("actions/<int:pk>/change/", change_views.action_change, name="action-change"),
    re_path(
        r"^actions/(?P<pk>\d+)/(?P<step>begin|finish|cancel|reopen)/$",
        doing_views.action_step,
        name="action-step",
    ),
    path("actions/<int:pk>/remove/", action_views.action_remove, name="action-remove"),
    path("actions/<int:pk>/place/", action_views.action_place, name="action-place"),
    re_path(r"^actions/(?P<pk>\d+)/" + WAY, action_views.action_move, name="action-move"),
]
