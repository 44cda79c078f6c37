"""Addresses of minutes and resolutions."""

urlpatterns: list = []
