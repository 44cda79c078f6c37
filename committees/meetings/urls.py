"""Addresses of meetings, below /o/<office>/<year>/meetings/; each part keeps its own list."""

from committees.meetings import calling_urls, minutes_urls, paper_urls, people_urls

app_name = "meetings"
urlpatterns = [
    *calling_urls.urlpatterns,
    *people_urls.urlpatterns,
    *minutes_urls.urlpatterns,
    *paper_urls.urlpatterns,
]
