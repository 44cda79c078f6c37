from django.urls import path

from approvals import several_views, views

app_name = "approvals"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("several/", several_views.several, name="several"),
    path("<int:pk>/", views.request_detail, name="request"),
    path("<int:pk>/approve/", views.approve, name="approve"),
    path("<int:pk>/return/", views.return_, name="return"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/void/", views.void_request, name="void"),
    path("<int:pk>/paper/", views.record_paper, name="record-paper"),
    path("papers/<int:pk>/again/", views.retry_paper, name="retry-paper"),
]
