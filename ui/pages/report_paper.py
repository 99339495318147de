# SPDX-License-Identifier: Apache-2.0
"""A report made as chosen: its figures, its tables, its pages. It lies in memory only, until somebody saves it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from resource_centre.i18n import _

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from reports.monthly.figures import MonthlyFigures
    from reports.paper import Place, Placed
    from reports.tables.model import Report
    from ui.kit.worker import Progress
    from ui.pages.report_choices import Chosen

STAGES: Final = ("month", "year", "project", "tables", "words", "hide", "draw", "write", "pages")


@dataclass(frozen=True)
class Paper:
    """One report: what was chosen, what was counted, its tables as its readers may see them, its pages."""

    chosen: Chosen
    figures: MonthlyFigures
    internal: Report
    report: Report
    """The internal one itself, or what of it may be published."""
    drawn: Placed
    sizes: Sequence[tuple[float, float]]
    """Width and height of each page, in points."""
    published: frozenset[str] = frozenset()
    """Of a publication the ids of those in whose sight its figures were hidden."""

    @property
    def pdf(self) -> bytes:
        """The pages."""
        return self.drawn.pdf

    @property
    def places(self) -> Sequence[Place]:
        """Where its figures stand on the pages."""
        return self.drawn.places

    @property
    def file_name(self) -> str:
        """A name without an ending that says which report it is and nothing about anybody."""
        kind = {"id": "laporan", "en": "report"}.get(self.chosen.language, "report")
        publication = {"id": "publikasi", "en": "publication"}.get(self.chosen.language, "publication")
        parts = [kind, self.chosen.period.replace("/", "_"), self.chosen.place or "", self.chosen.fund or ""]
        return "-".join(part for part in [*parts, publication if self.chosen.public else ""] if part)

    @property
    def empty(self) -> bool:
        """Whether nothing at all was recorded in the period."""
        return not any(_whole(one.month) for one in self.figures.indicators if one.unit in ("people", "count"))

    @property
    def of_one_person(self) -> bool:
        """Whether all figures of the period tell of one single person."""
        return _whole(self.figures.indicator("persons_served").month) == 1


def make_paper(session: Session, progress: Progress, chosen: Chosen) -> Paper:
    """Count, put into tables, hide what is not for publication, and draw. Raises `Refused` for what may not be made."""
    from reports.monthly.figures import report_figures
    from reports.monthly.periods import period_of
    from reports.monthly.report import report_of
    from reports.paper import placed
    from reports.preview import page_sizes
    from resource_centre.i18n import using

    told = _telling(progress)
    told("month")
    with using(chosen.language):
        figures = report_figures(session, period_of(chosen.period), place=chosen.place, fund=chosen.fund, progress=told)
        told("words")
        internal = report_of(figures, chosen.language)
        report, published = internal, frozenset[str]()
        if chosen.threshold is not None:
            from reports.disclosure.keeping import prepare, published_so_far

            told("hide")
            published = published_so_far(session)
            report = prepare(session, internal, chosen.threshold, words=chosen.words)
    told("draw")
    drawn = placed(report, progress=told)
    told("pages")
    return Paper(chosen, figures, internal, report, drawn, page_sizes(drawn.pdf), published)


def _telling(progress: Progress) -> Callable[[str], None]:
    words = {
        "month": _("Counting the period…"),
        "year": _("Counting the year…"),
        "project": _("Counting the project…"),
        "tables": _("Counting the tables…"),
        "words": _("Writing the tables…"),
        "hide": _("Hiding small numbers…"),
        "draw": _("Drawing the pages…"),
        "write": _("Writing the pages…"),
        "pages": _("Showing the pages…"),
    }

    def tell(stage: str) -> None:
        done = STAGES.index(stage) if stage in STAGES else progress.done
        progress(done, len(STAGES), words.get(stage, ""))

    return tell


def indicator_value(value: Any, unit: str) -> str:
    """A figure of the headline table as the active language writes it."""
    from ui.pages.wording import decimal, whole_number

    if value is None:
        return "–"
    total = _whole(value)
    if unit == "percent":
        return f"{decimal(float(total), 0)} %"
    if unit in ("points", "score"):
        return decimal(float(total), 1 if unit == "points" else 2)
    return whole_number(int(total)) if float(total).is_integer() else decimal(float(total))


def _whole(value: Any) -> float:
    return float(getattr(value, "total", value) or 0)
