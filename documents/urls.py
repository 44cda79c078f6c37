from django.urls import path

from documents import presence_views, views

app_name = "documents"
urlpatterns = [
    path("presence/", presence_views.presence_report, name="presence"),
    path("papers/<slug:kind>/<int:pk>/", views.paper, name="paper"),
    path("papers/<slug:kind>/<int:pk>.<slug:form>", views.paper_file, name="paper-file"),
    path("jobs/<int:pk>/", views.job, name="job"),
    path("jobs/<int:pk>/status/", views.job_status, name="job-status"),
    path("jobs/<int:pk>/paper.pdf", views.job_file, name="job-file"),
    path("jobs/<int:pk>/pages/<int:page>/", views.job_page, name="job-page"),
    path("issued/<int:pk>/", views.issued, name="issued"),
    path("files/<int:pk>/", views.file, name="file"),
]
