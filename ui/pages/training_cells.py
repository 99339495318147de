# SPDX-License-Identifier: Apache-2.0
"""How a cell of an attendance sheet looks: its words, what is said about it, its colour and its side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from resource_centre.i18n import _, ngettext
from resource_centre.problems import Problem
from resource_centre.vocabulary import vocabulary
from ui.pages.training_columns import (
    AGE,
    GAIN,
    NAME,
    POST,
    PRE,
    SEX,
    TICKS,
    VILLAGE,
    about,
    day_of,
    title_of,
)
from ui.pages.training_rows import read_score, show_score
from ui.pages.wording import term

if TYPE_CHECKING:
    from ui.pages.training_grid import Sheet
    from ui.pages.training_rows import SheetRow

YES, NO = "✓", "–"
VOCABULARIES = {"client_type": "client_type", "sector": "sector", "country": "country"}


def shown(sheet: Sheet, row: SheetRow, column: str) -> str:
    """A cell in words."""
    if column in row.unread:
        return row.unread[column]
    day = day_of(column)
    if day is not None:
        return row.mark(day)
    if column == GAIN:
        return show_score(row.gain(), signed=True)
    if column == VILLAGE:
        return sheet.village_name(row.village_code)
    if column == SEX:
        return vocabulary("sex").label(row.sex)[:1]
    value: Any = getattr(row, column)
    if column in TICKS:
        return "" if value is None else YES if value else NO
    return term(VOCABULARIES[column], value) if column in VOCABULARIES else value or ""


def said(sheet: Sheet, row: SheetRow, column: str) -> str | None:
    """What is wrong with a cell, or what one should know about it."""
    code = row.problem(column, sheet.meeting_days)
    if code is not None:
        return Problem(column, code).words()
    if column == NAME:
        return _about_name(sheet, row)
    lone = lone_test(row)
    if lone is not None and column in (PRE, POST, GAIN):
        words = {
            PRE: _("Only the test before is here: this line is not in the gain."),
            POST: _("Only the test after is here: this line is not in the gain."),
        }
        return words[lone]
    return None


def lone_test(row: SheetRow) -> str | None:
    """The column of the one test a line has, None when it has both or none."""
    pre, post = read_score(row.pre_score), read_score(row.post_score)
    if (pre is None) == (post is None):
        return None
    return PRE if pre is not None else POST


def lone_words(rows: list[SheetRow]) -> str:
    """ "3 have a test after only, 2 a test before only: not in the gain"; empty when everybody has both or none."""
    found = [lone_test(row) for row in rows]
    post, pre = found.count(POST), found.count(PRE)
    parts = []
    if post:
        parts.append(ngettext("{n} has a post-test only", "{n} have a post-test only", post).format(n=post))
    if pre:
        parts.append(ngettext("{n} has a pre-test only", "{n} have a pre-test only", pre).format(n=pre))
    return _("{who}: not in the gain").format(who=", ".join(parts)) if parts else ""


def heading(sheet: Sheet, column: str, role: int) -> Any:
    """A column's title, what is said of it, and its side."""
    if role == Qt.ItemDataRole.DisplayRole:
        return title_of(column, sheet.dates)
    if role == Qt.ItemDataRole.ToolTipRole:
        return about(column, sheet.dates)
    if role == Qt.ItemDataRole.ForegroundRole:
        day = day_of(column)
        outside = day is not None and day >= sheet.meeting_days
        return QColor(sheet.theme.colours.danger) if outside else None
    return alignment(column) if role == Qt.ItemDataRole.TextAlignmentRole else None


def background(sheet: Sheet, row: SheetRow, column: str) -> QColor | None:
    """Red behind what cannot be saved, amber behind a name that is there twice."""
    colours = sheet.theme.colours
    if row.problem(column, sheet.meeting_days):
        return QColor(colours.danger_soft)
    return QColor(colours.warning_soft) if column == NAME and sheet.is_twice(row) else None


def colour(sheet: Sheet, row: SheetRow, column: str) -> QColor | None:
    """The colour of a cell's words."""
    colours = sheet.theme.colours
    if row.problem(column, sheet.meeting_days):
        return QColor(colours.danger)
    if row.is_empty() or (column in row.given and column != NAME):
        return QColor(colours.muted)
    if column == NAME:
        warned = sheet.is_twice(row) or sheet.may_be_known(row)
        return QColor(colours.warning) if warned else QColor(colours.accent) if row.person_id else None
    if column in (PRE, POST) and lone_test(row) == column:
        return QColor(colours.warning)
    if column == GAIN:
        return QColor(colours.danger if (row.gain() or 0) < 0 else colours.good)
    day = day_of(column)
    mark = "" if day is None else row.mark(day)
    return QColor(colours.danger) if mark == "A" else QColor(colours.warning) if mark in ("I", "T") else None


def alignment(column: str) -> int:
    """Marks in the middle, figures at the right."""
    centred = day_of(column) is not None or column == SEX or column in TICKS
    right = column in (AGE, PRE, POST, GAIN)
    side = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
    return int((Qt.AlignmentFlag.AlignRight if right else side) | Qt.AlignmentFlag.AlignVCenter)


def _about_name(sheet: Sheet, row: SheetRow) -> str | None:
    if sheet.is_twice(row):
        return Problem(NAME, "listed_twice").words()
    if sheet.may_be_known(row):
        return _("Somebody registered has this name. Press F2 and ↓ here to choose.")
    return _("Somebody registered") if row.person_id else None
