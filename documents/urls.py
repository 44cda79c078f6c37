from django.urls import path

from documents import presence_views, preview_views, views
from documents.issued import views as issued_views
from documents.jobs import views as job_views

app_name = "documents"
urlpatterns = [
    path("presence/", presence_views.presence_report, name="presence"),
    path("papers/<slug:kind>/<int:pk>/", job_views.paper, name="paper"),
    path("papers/<slug:kind>/<int:pk>.<slug:form>", views.paper_file, name="paper-file"),
    path("jobs/<int:pk>/", job_views.job, name="job"),
    path("jobs/<int:pk>/status/", job_views.job_status, name="job-status"),
    path("jobs/<int:pk>/cancel/", job_views.job_cancel, name="job-cancel"),
    path("jobs/<int:pk>/paper.pdf", job_views.job_file, name="job-file"),
    path("jobs/<int:pk>/pages/<int:page>/", job_views.job_page, name="job-page"),
    path("previews/<int:pk>/pages/<int:page>/", preview_views.preview_page, name="preview-page"),
    path("previews/<slug:kind>/<int:pk>/<slug:section>/", preview_views.preview, name="preview"),
    path(
        "previews/<slug:kind>/<int:pk>/<slug:section>/status/",
        preview_views.preview_status,
        name="preview-status",
    ),
    path("issued/", issued_views.issued_list, name="issued-list"),
    path("issued/<int:pk>/", issued_views.issued, name="issued"),
    path("issued/<int:pk>/about/", issued_views.issued_detail, name="issued-detail"),
    path("issued/<int:pk>/compare/", issued_views.issued_compare, name="issued-compare"),
    path("papers/<slug:kind>/<int:pk>/issue/", issued_views.issue, name="issue"),
    path(
        "papers/<slug:kind>/<int:pk>/issue/changes/",
        issued_views.issue_changes,
        name="issue-changes",
    ),
    path("files/<int:pk>/", views.file, name="file"),
]
