# SPDX-License-Identifier: Apache-2.0
"""Writing a report: made whole in memory, read again and counted, and only then put in the place of an older file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from reports.data.beats import beating
from reports.data.endings import PROTECT_THEMSELVES, ending_of
from reports.data.figures import figures
from reports.data.passwords import check_password, protected
from reports.kit.files import write_together
from reports.tables.model import Report
from resource_centre.errors import Bug
from resource_centre.i18n import using

if TYPE_CHECKING:
    from reports.paper import Placed

Progress = Callable[[str], None]
_FORMS: Final = {
    ".html": "web_page",
    ".xlsx": "workbook",
    ".csv": "long_table",
    ".hxl.csv": "hxl_table",
    ".json": "json_text",
}


@dataclass(frozen=True)
class Written:
    """What was written: the files, the one asked for first, and how many rows with figures and figures each holds."""

    files: tuple[Path, ...]
    rows: int
    figures: int


def write(
    report: Report,
    path: Path,
    *,
    password: str | None = None,
    progress: Progress = lambda _stage: None,
    drawn: Placed | None = None,
) -> Written:
    """Write the report as the file's ending says, whole or not at all; an older file stays until the new one is safe.

    Beside a PDF its accessible twin is written, a web page of the same figures. With a password the file is encrypted;
    kinds of files that cannot be go into an encrypted archive, named with ``.zip`` behind. `progress` is told each
    stage: draw, check, protect, write, the first two again and again; what it raises ends the work. `drawn` are the
    pages of this very report where a window shows them already: they are counted, not drawn once more.
    Raises `NotWritten` (ending, password, too long), `EnvironmentFailed` when the disk says no, and `Bug` when what was
    made does not hold every figure.
    """
    ending = ending_of(path)
    if password is not None:
        check_password(password)
    made = {path: made_as(report, ending, progress, drawn)}
    if ending == ".pdf":
        made[path.with_suffix(".html")] = made_as(report, ".html", progress)
    if password is not None:
        progress("protect")
        made = dict(_locked(one, content, password) for one, content in made.items())
    progress("write")
    write_together(made)
    told = list(figures(report))
    return Written(tuple(made), len({(one.table.key, id(one.row)) for one in told}), len(told))


def made_as(
    report: Report, ending: str, progress: Progress = lambda _stage: None, drawn: Placed | None = None
) -> bytes:
    """The report as the content of a file of this ending, read again and compared with the report."""
    with using(report.facts.language):
        if ending == ".pdf":
            return _pages(report, progress, drawn)
        form: Any = import_module(f"reports.data.{_FORMS[ending]}")
        progress("draw")
        with beating(lambda: progress("draw")):
            content: bytes = form.content(report)
        progress("check")
        with beating(lambda: progress("check")):
            if form.values_in(content) != form.values_of(report):
                raise Bug("bug")
    return content


def _pages(report: Report, progress: Progress, drawn: Placed | None) -> bytes:
    """The pages, on which every figure that leads to records has its place; those of charts stand in the twin."""
    from reports.paper import placed

    made = drawn or placed(report, progress=progress)
    progress("check")
    pictured = {chart.key for section in report.sections for chart in section.charts}
    shown = [table for table in report.tables() if table.opens and table.key not in pictured]
    wanted = {key for table in shown for key, cell in table.cells() if not cell.blank}
    if not wanted <= {place[-1] for place in made.places}:
        raise Bug("bug")
    return made.pdf


def _locked(path: Path, content: bytes, password: str) -> tuple[Path, bytes]:
    ending = ending_of(path)
    target = path if ending in PROTECT_THEMSELVES else path.with_name(f"{path.name}.zip")
    return target, protected(content, ending, path.name, password)
