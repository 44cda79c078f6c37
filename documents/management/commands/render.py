"""`manage.py render KIND PK --output FILE.pdf` (.docx, .xlsx) and `manage.py render --list`."""

from pathlib import Path

from django.core.exceptions import ObjectDoesNotExist
from django.core.management.base import BaseCommand, CommandError

from documents import papers
from documents.pdf_rendering import PaperFailed, PaperTooLarge


class Command(BaseCommand):
    help = "Draw one paper as a PDF (or Word, Excel), or list the kinds of papers."

    def add_arguments(self, parser):
        parser.add_argument("kind", nargs="?")
        parser.add_argument("pk", nargs="?", type=int)
        parser.add_argument(
            "--output",
            type=Path,
            help="the file to write: .pdf (.docx, .xlsx)",
        )
        parser.add_argument("--list", action="store_true", help="print kind and model, a line each")

    def handle(self, *args, kind, pk, output, **options):
        if options["list"]:
            for paper in papers.kinds():
                self.stdout.write(f"{paper.kind} {paper.model._meta.label}")
            return
        if kind is None or pk is None or output is None:
            raise CommandError("State KIND, PK and --output FILE, or --list.")
        ending = output.suffix.lower().removeprefix(".")
        try:
            obj = papers.get(kind).model._default_manager.get(pk=pk)
            if ending != "pdf":
                output.write_bytes(papers.file_to_edit(kind, obj, ending))
                self.stdout.write(f"{output}")
                return
            paper = papers.render(kind, obj)
        except (LookupError, ObjectDoesNotExist) as error:
            raise CommandError(str(error)) from error
        except PaperTooLarge as error:
            raise CommandError("The paper is too large to draw.") from error
        except PaperFailed as error:
            raise CommandError(f"Drawing failed: {error}") from error
        output.write_bytes(paper.pdf)
        self.stdout.write(f"{output}: {paper.page_count} pages")
