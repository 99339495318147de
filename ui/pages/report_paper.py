# SPDX-License-Identifier: Apache-2.0
"""A month's report as bytes and pictures. It lies on the disk unencrypted only while it is being drawn."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from resource_centre.i18n import _
from ui.kit.printing import page_pictures

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from reports.monthly.figures import MonthlyFigures
    from reports.preview import PageImage
    from ui.kit.worker import Progress

STAGES = ("month", "year", "project", "tables", "draw", "write", "pages")


@dataclass(frozen=True)
class Paper:
    """One month in one language: its figures, its PDF, its pages as pictures."""

    month: str
    language: str
    figures: MonthlyFigures
    pdf: bytes
    pages: tuple[PageImage, ...]

    def as_json(self) -> bytes:
        """The typed figures."""
        import json

        return json.dumps(self.figures.in_full(), ensure_ascii=False, indent=1).encode()

    @property
    def file_name(self) -> str:
        """A name without an ending that says which report it is and nothing about anybody."""
        name = {"id": "laporan-bulanan", "en": "monthly-report"}.get(self.language, "monthly-report")
        return f"{name}-{self.month}"


def make_paper(session: Session, progress: Progress, month: str, language: str, width: int) -> Paper:
    """Count the month, draw it, and take pictures of its pages, `width` pixels wide."""
    from reports.monthly.document import draw_monthly_report
    from reports.monthly.figures import monthly_figures
    from resource_centre.i18n import using

    told = _telling(progress)
    with using(language):
        figures = monthly_figures(session, month, progress=told)
    with private_folder() as folder:
        path = draw_monthly_report(figures, folder / "report.pdf", language=language, progress=told)
        told("pages")
        pdf = path.read_bytes()
        return Paper(month, language, figures, pdf, tuple(page_pictures(pdf, width)))


@contextmanager
def private_folder() -> Iterator[Path]:
    """A folder only this account can read, gone afterwards with everything in it."""
    with tempfile.TemporaryDirectory(prefix="report-") as folder:
        yield Path(folder)


def _telling(progress: Progress) -> Callable[[str], None]:
    words = {
        "month": _("Counting the month…"),
        "year": _("Counting the year…"),
        "project": _("Counting the project…"),
        "tables": _("Counting the tables…"),
        "draw": _("Drawing the pages…"),
        "write": _("Writing the pages…"),
        "pages": _("Showing the pages…"),
    }

    def tell(stage: str) -> None:
        done = STAGES.index(stage) if stage in STAGES else 0
        progress(done, len(STAGES), words.get(stage, ""))

    return tell


def indicator_value(value: Any, unit: str) -> str:
    """A figure of the headline table as the active language writes it."""
    from ui.pages.wording import decimal, whole_number

    if value is None:
        return "–"
    total = getattr(value, "total", value)
    if unit == "percent":
        return f"{decimal(float(total), 0)} %"
    if unit in ("points", "score"):
        return decimal(float(total), 1 if unit == "points" else 2)
    return whole_number(int(total)) if float(total).is_integer() else decimal(float(total))
