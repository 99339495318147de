# SPDX-License-Identifier: Apache-2.0
"""Pages: a long table against ReportLab's own, the month's report and the month's report against the same drawn bare."""

from __future__ import annotations

from collections.abc import Iterable

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
