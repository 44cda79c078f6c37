"""Addresses of results: the values of a year's rounds."""

urlpatterns = []
