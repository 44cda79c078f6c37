from django.urls import path

from documents.issued import verify_views

app_name = "verify"
urlpatterns = [
    path("", verify_views.ask, name="ask"),
    path("<str:code>/", verify_views.paper, name="paper"),
]
