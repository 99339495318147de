# SPDX-License-Identifier: Apache-2.0
"""Sheets written as text: tables in markdown or CSV, in both of which the first column names the sheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Final

from resource_centre.questionnaires.refusals import FormRefused
from resource_centre.questionnaires.sheets import Line, Reading, cell

MARKDOWN: Final = frozenset({".md", ".markdown"})

_BAR = re.compile(r"(?<!\\)\|")


def read_text(data: bytes, ending: str, reading: Reading) -> None:
    """The sheets of a text; which kind it is, its ending says or else its first line."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        raise FormRefused("not_text") from reason
    start = text[:2048].lstrip().lower()
    if start.startswith(("<html", "<!doctype", "<table", "<?xml")):
        raise FormRefused("web_page")
    lines = text.splitlines()
    marked = next((line for line in lines if line.strip() and not line.lstrip().startswith("#")), "")
    table = _markdown(lines) if ending in MARKDOWN or marked.lstrip().startswith("|") else _csv(text)
    _take(table, reading)


def _take(table: Iterable[Line], reading: Reading) -> None:
    """Part a table into its sheets."""
    sheets: list[tuple[str, list[Line]]] = []
    for first, *cells in table:
        if first:
            sheets.append((first, []))
        if sheets and any(cells):
            sheets[-1][1].append(cells)
    for name, lines in sheets:
        wanted = reading.wants(name, alone=len(sheets) == 1)
        if wanted and lines:
            reading.take(wanted, lines)


def _csv(text: str) -> Iterator[Line]:
    # The second line begins with an empty cell, and so with what parts the cells: where the comma is a decimal one,
    # spreadsheets write semicolons.
    begun = next((line.lstrip('"')[:1] for line in text.splitlines() if line.lstrip('"')[:1] in {",", ";", "\t"}), ",")
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=begun):
            if row:
                yield [cell(value) for value in row]
    except csv.Error as reason:
        raise FormRefused("not_text") from reason


def _markdown(lines: Iterable[str]) -> Iterator[Line]:
    for line in lines:
        text = line.strip()
        if text.startswith("#") or "|" not in text:
            continue
        # A remark may stand behind the last cell.
        table, bar, remark = text.rpartition("|")
        if remark.strip() and not remark.strip().startswith("#"):
            table, bar = text, ""
        start = table.find("|")
        if start < 0 or not bar:
            continue
        row = _cells(table[start + 1 :])
        if not _is_ruler(row):
            yield row


def _cells(text: str) -> list[str]:
    return [cell(part.replace("\\|", "|")) for part in _BAR.split(text)]


def _is_ruler(row: Line) -> bool:
    return any(row) and all(not text.strip("-: ") for text in row) and any("--" in text for text in row)
