# SPDX-License-Identifier: Apache-2.0
"""Pages: a long table against ReportLab's own, and a whole report against the same marks drawn bare."""

from __future__ import annotations

from collections.abc import Iterable

from bench.marks import Marks, memory
from bench.ratio import Measured, paired

ROWS = 10_000
CUT = 500
"""Rows of one of ReportLab's tables: a single one of all rows takes three times as long."""
COLUMNS = 7


def long_table() -> Iterable[Measured]:
    """A table of ten thousand rows on A4."""
    rows = [(f"Desa {number}", *(str(number * factor) for factor in range(1, COLUMNS))) for number in range(ROWS)]
    yield paired(
        f"a table of {ROWS:,} rows on paper",
        f"ReportLab's tables of {CUT} rows with heights given",
        lambda: _ours(rows),
        lambda: _reportlabs(rows),
        rounds=3,
        aim="1",
    )


def _ours(rows: list[tuple[str, ...]]) -> bytes:
    from reports.kit.pages import PageSetup, draw_pages
    from reports.kit.tables import Column, Row, table

    columns = [Column("Desa", numeric=False), *(Column(str(number)) for number in range(1, COLUMNS))]
    return draw_pages([table(columns, [Row(cells) for cells in rows])], PageSetup("Bench", "Bench", "en"))


def _reportlabs(rows: list[tuple[str, ...]]) -> bytes:
    from io import BytesIO

    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate, Table, TableStyle

    from reports.kit.fonts import REGULAR, register

    register()
    style = TableStyle(
        [
            ("FONT", (0, 0), (-1, -1), REGULAR, 8),
            ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
            ("LINEBELOW", (0, 0), (-1, -1), 0.35, colors.grey),
        ]
    )
    buffer = BytesIO()
    cut = (rows[start : start + CUT] for start in range(0, len(rows), CUT))
    tables = [Table(part, rowHeights=[15] * len(part), style=style) for part in cut]
    SimpleDocTemplate(buffer, pagesize=A4, initialFontName=REGULAR).build(tables)
    return buffer.getvalue()


def whole_report(people: int, sessions: int) -> Iterable[Measured]:
    """One month from its records to its pages; the floor is its statements and its marks, both sent by hand."""
    from bench.centres import LOGIN, PASSPHRASE, centre_of
    from bench.reporting import MONTH, statements_of
    from db.engine import connect_raw
    from db.keys import read_slots
    from reports.monthly.figures import monthly_figures
    from reports.monthly.report import report_of
    from reports.paper import pages

    with centre_of(people, sessions, people // 1000) as centre:
        key = read_slots(centre.folder).open(LOGIN, PASSPHRASE).key
        raw = connect_raw(centre.folder / "centre.db", key)
        statements = statements_of(centre)
        with centre.read() as session:
            drawn = report_of(monthly_figures(session, MONTH), "id")
        marks = Marks.of(lambda: pages(drawn))

        def ours() -> None:
            with centre.read() as session:
                pages(report_of(monthly_figures(session, MONTH), "id"))

        def bare() -> None:
            for statement, parameters in statements:
                raw.execute(statement, parameters).fetchall()
            marks.draw()

        what = f"the month's report, {people:,} people and {sessions:,} sessions, from records to pages"
        yield paired(what, "the same SQL by hand, the same marks drawn bare", ours, bare, rounds=3, aim="1.3",
                     note=f"{memory():.0f} MiB at most")  # fmt: skip
        yield paired("the pages of the month's report", "the same marks drawn bare", lambda: pages(drawn), marks.draw)
