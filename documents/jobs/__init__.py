"""Requests for papers: asked for, queued, made by a worker, told, shown, cancelled, failed."""
