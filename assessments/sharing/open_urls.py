"""The reply to a question by link: the token is the key."""

from django.urls import path

from assessments.sharing import open_views

app_name = "question"
urlpatterns = [path("<str:token>/", open_views.reply, name="reply")]
