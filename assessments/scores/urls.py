"""Addresses of scores; assessments/urls.py takes them in (namespace assessments)."""

from django.urls import path

from assessments.scores import compare_views, joint_views, views

urlpatterns = [
    path("scores/", compare_views.comparison, name="scores-compare"),
    path("what-if/<int:number>/", compare_views.what_if, name="what-if"),
    path("item/<int:pk>/scores/", views.item_scores, name="item-scores"),
    path("item/<int:pk>/scores/mine/", views.my_scores, name="my-scores"),
    path("item/<int:pk>/scores/mine/line/<int:line_pk>/", views.my_line, name="my-score-line"),
    path("item/<int:pk>/scores/mine/percent/", views.my_percent, name="my-score-percent"),
    path("item/<int:pk>/scores/mine/hand-in/", views.my_hand_in, name="my-score-hand-in"),
    path("item/<int:pk>/scores/open/", views.consensus_open, name="consensus-open"),
    path("item/<int:pk>/scores/consensus/", joint_views.consensus, name="consensus"),
    path("item/<int:pk>/scores/external/", joint_views.external, name="external-score"),
]
