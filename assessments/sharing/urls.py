"""Addresses of shared work, below /o/<office>/<year>/assessment/."""

from django.urls import path

from assessments.sharing import assignment_views, comment_views, question_views

urlpatterns = [
    path("category/<int:number>/share/", assignment_views.share, name="category-share"),
    path("hand-out/<int:pk>/done/", assignment_views.assignment_done, name="assignment-done"),
    path("hand-out/<int:pk>/remove/", assignment_views.assignment_remove, name="assignment-remove"),
    path("comments/", comment_views.comment_list, name="comment-list"),
    path("comments/people/", comment_views.colleagues, name="colleagues"),
    path("comments/<str:on>/<int:pk>/", comment_views.comment_add, name="comment-add"),
    path("comment/<int:pk>/", comment_views.comment_edit, name="comment-edit"),
    path("comment/<int:pk>/delete/", comment_views.comment_delete, name="comment-delete"),
    path("comment/<int:pk>/settle/", comment_views.comment_settle, name="comment-settle"),
    path("item/<int:pk>/ask/", question_views.question_ask, name="question-ask"),
    path("question/<int:pk>/", question_views.question_detail, name="question-detail"),
    path("question/<int:pk>/settle/", question_views.question_settle, name="question-settle"),
    path("question/<int:pk>/evidence/", question_views.question_evidence, name="question-evidence"),
]
