"""Addresses of replies, attendance, the door and feedback."""

urlpatterns: list = []
