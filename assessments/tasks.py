"""Background work of the assessments app. Tasks take ids and may run twice."""

from celery import shared_task


@shared_task
def picture_pages(file_id: int) -> None:
    """Make the pictures of a PDF's pages, so that evidence can be looked at without opening it."""
    from documents.models import StoredFile
    from documents.page_pictures import picture_upload

    stored = StoredFile.objects.filter(pk=file_id).first()
    if stored is not None:
        picture_upload(stored)
