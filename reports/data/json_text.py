# SPDX-License-Identifier: Apache-2.0
"""A report as JSON: the month's figures as before, and under ``report`` the tables as they stand on the page.

Of a publication only the tables are written: the figures behind them stay in the centre.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from reports.data.figures import Figure, figures, figures_of, hidden_ids
from reports.data.pictured import points
from reports.tables.model import Chart, Report, Section, Table
from resource_centre.values.text import tidy


def content(report: Report) -> bytes:
    """The file, ended with a line feed."""
    told = dict(report.data) if report.facts.audience == "internal" else {}
    told["report"] = {"facts": asdict(report.facts), "sections": [_section(one, report) for one in report.sections]}
    return json.dumps(_clean(told), ensure_ascii=False, indent=1, allow_nan=False).encode() + b"\n"


def values_of(report: Report) -> list[Any]:
    """The figures as they must stand in the file, in reading order."""
    return [figure.hidden or figure.value for figure in figures(report)]


def values_in(written: bytes) -> list[Any]:
    """The figures as they stand in a file."""
    tables = [table for section in json.loads(written)["report"]["sections"] for table in section["tables"]]
    cells = [cell for table in tables for row in table["rows"] for cell in row["figures"].values()]
    return [cell.get("hidden", cell.get("value")) for cell in cells]


def _section(section: Section, report: Report) -> dict[str, Any]:
    hidden = hidden_ids(report)
    return {
        "key": section.key,
        "heading": section.heading,
        "tables": [_table(table, report) for table in section.tables],
        "charts": [_chart(chart, hidden) for chart in section.charts],
        "texts": section.texts,
        "notes": section.notes,
    }


def _table(table: Table, report: Report) -> dict[str, Any]:
    found: dict[int, dict[str, Any]] = {}
    for figure in figures_of(table, report.facts.threshold):
        found.setdefault(id(figure.row), {})[figure.column.key] = _figure(figure)
    return {
        "key": table.key,
        "title": table.title,
        "heads": table.heads,
        "columns": [{"key": one.key, "heading": one.heading, "group": one.group} for one in table.columns],
        "rows": [
            {"key": row.key, "words": row.words, "kind": row.kind, "figures": found.get(id(row), {})}
            for row in table.rows
        ],
        "notes": table.notes,
        "definitions": table.terms,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    value = {"hidden": figure.hidden} if figure.hidden else {"value": figure.value}
    of = {} if figure.pairs is None else {"of": figure.pairs}
    return {"unit": figure.cell.unit, **value, **of}


def _chart(chart: Chart, hidden: frozenset[str]) -> dict[str, Any]:
    series = [{"name": one.name, "values": points(one, hidden)} for one in chart.series]
    return {"key": chart.key, "title": chart.title, "kind": chart.kind, "labels": chart.labels, "series": series}


def _clean(told: Any) -> Any:
    if isinstance(told, str):
        return tidy(told)
    if isinstance(told, dict):
        return {key: _clean(value) for key, value in told.items()}
    return [_clean(one) for one in told] if isinstance(told, list | tuple) else told
