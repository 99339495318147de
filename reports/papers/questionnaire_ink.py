# SPDX-License-Identifier: Apache-2.0
"""How the words of a questionnaire are set: sizes, numbers, labels, hints, the boxes for no answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from reports.kit import styles
from reports.kit.fonts import BOLD, REGULAR
from reports.kit.text import lines, plain
from reports.papers.questionnaire_walk import Asked
from resource_centre.i18n import _

GUTTER: Final = 22.0
"""At the left of a question, for its number."""
WHY: Final = 13.0
"""Width of one box for no answer, with the space before it."""
PAD: Final = 4.2
"""Above and below a question."""
LABEL: Final = styles.BODY.size + 0.2
LEADING: Final = 11.8
HINT: Final = styles.TINY.size + 0.2
HINT_LEADING: Final = 8.8
OPTION: Final = styles.SMALL.size + 0.6
CONDITION: Final = 9.6


def no_room(one: Asked, marks: Sequence[str]) -> bool:
    """Whether an answered paper says here why there is no answer, instead of leaving room for one."""
    return not marks and not one.answer and not one.to_answer


def without_answer(one: Asked) -> str:
    """Why there is no answer, in brackets."""
    return f"({one.no_answer_words.lower()})" if one.no_answer else _("(no answer)")


def small(words: str, room: float) -> list[str]:
    """A condition or a remark, broken to a width."""
    return lines(plain(words), BOLD, styles.SMALL.size - 0.4, room) if words else []


def draw_lines(canvas: Any, words: list[str], x: float, y: float, font: str, ink: Any) -> float:
    """Small lines from a height down; the height below them."""
    canvas.setFillColor(ink)
    canvas.setFont(font, styles.SMALL.size - 0.4)
    for line in words:
        canvas.drawString(x, y, line)
        y -= CONDITION
    return y


def draw_number(canvas: Any, number: str, top: float) -> None:
    """The question's number at the left edge."""
    canvas.setFillColor(styles.ACCENT)
    canvas.setFont(BOLD, LABEL)
    canvas.drawString(0, top - 9.0, number)


def draw_marks(canvas: Any, marks: Sequence[str], right: float, top: float) -> None:
    """The boxes for no answer, their letters pale inside."""
    size = WHY - 2.2
    for place, letters in enumerate(marks):
        x = right - (len(marks) - place) * WHY + 2.2
        canvas.setStrokeColor(styles.FAINT)
        canvas.setLineWidth(0.5)
        canvas.rect(x, top - size + 0.4, size, size, stroke=1, fill=0)
        canvas.setFillColor(styles.FAINT)
        canvas.setFont(REGULAR, 5.4)
        canvas.drawCentredString(x + size / 2, top - size / 2 - 1.5, letters)


def draw_label(canvas: Any, label: list[str], hint: list[str], x: float, top: float) -> float:
    """Words and hint; the height below them."""
    y = top - 9.0
    canvas.setFillColor(styles.INK)
    canvas.setFont(REGULAR, LABEL)
    for line in label:
        canvas.drawString(x, y, line)
        y -= LEADING
    y = top - len(label) * LEADING
    draw_hints(canvas, hint, x, y - 6.6)
    return y - len(hint) * HINT_LEADING


def draw_hints(canvas: Any, hint: list[str], x: float, y: float) -> None:
    """What is said to whoever asks."""
    canvas.setFillColor(styles.MUTED)
    canvas.setFont(REGULAR, HINT)
    for line in hint:
        canvas.drawString(x, y, line)
        y -= HINT_LEADING


def draw_said(canvas: Any, words: str, x: float, y: float) -> None:
    """Pale words in place of an answer."""
    canvas.setFillColor(styles.MUTED)
    canvas.setFont(REGULAR, OPTION)
    canvas.drawString(x, y, words)
