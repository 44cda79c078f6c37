"""Addresses of the papers of a meeting."""

urlpatterns: list = []
