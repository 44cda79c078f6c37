"""SOPs and cycles for tests: `make_version(office.agency, [...])`, `make_cycle(...)`."""

import datetime as dt
import io

import factory
import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.agencies.factories import AgencyFactory
from workflows.enums import VersionStatus, WindowKind
from workflows.models import (
    Procedure,
    ProcedureStep,
    ProcedureVersion,
    ProcedureWindow,
)


class ProcedureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Procedure

    agency = factory.SubFactory(AgencyFactory)
    slug = factory.Sequence(lambda number: f"sop-{number:05d}")
    name = factory.Sequence(lambda number: f"งานตัวอย่าง {number:05d}")


class VersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProcedureVersion

    procedure = factory.SubFactory(ProcedureFactory)
    number = 1
    status = VersionStatus.IN_USE


class ProcedureStepFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProcedureStep

    version = factory.SubFactory(VersionFactory)
    number = factory.Sequence(lambda number: number + 1)
    title = factory.LazyAttribute(lambda step: f"ขั้นตอน {step.number}")


class WindowFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProcedureWindow

    step = factory.SubFactory(ProcedureStepFactory)
    order = 1
    kind = WindowKind.UNDATED


def months(first: int, last: int, **fields) -> dict:
    """Return a window of months counted from October (0) of the fiscal year."""
    return {"kind": WindowKind.MONTHS, "start_month": first, "end_month": last, **fields}


def lasting(duration: int, unit: str, **fields) -> dict:
    """Return a window of a duration."""
    return {
        "kind": WindowKind.DURATION,
        "duration": duration,
        "duration_unit": unit,
        **fields,
    }


UNKNOWN = {"kind": WindowKind.UNDATED}


def make_version(agency, steps: list[list[dict]], **fields) -> ProcedureVersion:
    """Return a version in use whose steps have the given windows, in order.

    A step's windows may be preceded by a dict without "kind": fields of the step itself.
    """
    named = {"last_number": fields.get("number", 1)} | fields.pop("procedure", {})
    procedure = ProcedureFactory(agency=agency, **named)
    version = VersionFactory(procedure=procedure, **fields)
    for number, windows in enumerate(steps, start=1):
        own = windows[0] if windows and "kind" not in windows[0] else {}
        step = ProcedureStepFactory(version=version, number=number, **own)
        for order, window in enumerate(windows[1:] if own else windows, start=1):
            WindowFactory(step=step, order=order, **window)
    return version


def make_cycle(agency, steps: list[list[dict]], year: int = 2570, by=None, start=None, **fields):
    """Return an open cycle of a new SOP with the given windows."""
    from workflows.opening import open_cycle

    return open_cycle(agency, make_version(agency, steps, **fields), year, by, start)


def day(text: str) -> dt.date:
    """Return the date of an ISO text, so that tests read as tables."""
    return dt.date.fromisoformat(text)


def pdf_upload(name: str = "คำสั่ง.pdf") -> SimpleUploadedFile:
    """Return a sound PDF of one blank page, as a browser uploads it."""
    content = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(content)
    return SimpleUploadedFile(name, content.getvalue(), content_type="application/pdf")
