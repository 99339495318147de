# SPDX-License-Identifier: Apache-2.0
"""The charts of a report in a workbook: drawn by the spreadsheet itself from the figures beside them, from zero."""

from __future__ import annotations

from typing import Any, Final

from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from reports.data.figures import hidden_ids
from reports.data.looks import ACCENT, HAIRLINE, MUTED, Look, put
from reports.data.pictured import points
from reports.data.workbook_tables import for_paper, heading, subtitle, text
from reports.tables.model import Chart, Report

INKS: Final = (ACCENT, "A9C8CD", MUTED, "D9A441", "7F8B93", "15212B")
_HEIGHT: Final = 17
"""Rows a chart covers."""
_ON_A_PAGE: Final = 3


def add_charts(workbook: Workbook, name: str, report: Report, front: str) -> str:
    """A sheet with all charts, each beside its figures; its name, or nothing where there are none."""
    charts = [chart for section in report.sections for chart in section.charts if chart.labels and chart.series]
    if not charts:
        return ""
    sheet = workbook.create_sheet(name)
    at = heading(sheet, name, subtitle(report), front)
    sheet.column_dimensions["A"].width = 24
    hidden = hidden_ids(report)
    beside = max(len(chart.series) for chart in charts) + 3
    for count, chart in enumerate(charts, 1):
        first = _figures(sheet, at, chart, hidden)
        sheet.add_chart(_drawn(sheet, chart, first), f"{get_column_letter(beside)}{at}")
        at = max(first + len(chart.labels), at + _HEIGHT) + 2
        if count % _ON_A_PAGE == 0:
            sheet.row_breaks.append(Break(at - 1))
    for_paper(sheet, foot=report.facts.centre_name)
    return name


def _figures(sheet: Worksheet, at: int, chart: Chart, hidden: frozenset[str]) -> int:
    """Title, heads and a row for each label; the row of the first label. What is left out is an empty cell, for a
    spreadsheet draws a text as nought."""
    put(sheet, at, 1, text(chart.title), Look("section"))
    sheet.row_dimensions[at].height = 20
    head = at + 1
    if chart.words:
        put(sheet, head, 1, text(chart.words), Look("muted"))
        sheet.merge_cells(start_row=head, end_row=head, start_column=1, end_column=len(chart.series) + 1)
        head += 1
    put(sheet, head, 1, None, Look("head"))
    for column, series in enumerate(chart.series, 2):
        put(sheet, head, column, text(series.name), Look("head_number"))
        for row, value in enumerate(points(series, hidden), head + 1):
            put(sheet, row, column, value, Look("number", format="#,##0.##" if isinstance(value, float) else "#,##0"))
    for row, label in enumerate(chart.labels, head + 1):
        put(sheet, row, 1, text(label), Look("words"))
    return head + 1


def _drawn(sheet: Worksheet, chart: Chart, first: int) -> Any:
    drawn: Any = LineChart() if chart.kind == "lines" else BarChart()
    if chart.kind != "lines":
        drawn.type = "bar" if chart.kind == "across" else "col"
        drawn.grouping, drawn.overlap, drawn.gapWidth = "stacked", 100, 60
    last = first + len(chart.labels) - 1
    figures = Reference(sheet, min_col=2, max_col=1 + len(chart.series), min_row=first - 1, max_row=last)
    drawn.add_data(figures, titles_from_data=True)
    drawn.set_categories(Reference(sheet, min_col=1, min_row=first, max_row=last))
    for ink, series in zip(INKS * (1 + len(chart.series) // len(INKS)), drawn.series, strict=False):
        paint = series.graphicalProperties
        paint.line.solidFill = ink
        if chart.kind == "lines":
            series.smooth = False
        else:
            paint.solidFill = ink
    _axes(drawn, chart)
    return drawn


def _axes(drawn: Any, chart: Chart) -> None:
    drawn.x_axis.delete = drawn.y_axis.delete = False
    drawn.y_axis.scaling.min = 0 if not any((value or 0) < 0 for one in chart.series for value in one.values) else None
    drawn.y_axis.scaling.max = chart.highest
    drawn.y_axis.numFmt = "#,##0"
    drawn.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=HAIRLINE))
    if chart.kind == "across":
        drawn.x_axis.scaling.orientation = "maxMin"
    drawn.legend.position = "b"
    drawn.height, drawn.width = 8.0, 18.0
