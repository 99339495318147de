# SPDX-License-Identifier: Apache-2.0
"""How a questionnaire is laid out: all on one page, page by page, or one question at a time. No widgets here.

A page's blocks stand below each other. Where several questions in a row have the same short answers they make one
grid, answered line by line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal

from resource_centre.questionnaires.form import COMPUTED, Group, Question, say
from ui.kit.questions_words import plain

if TYPE_CHECKING:
    from resource_centre.questionnaires.live import LiveForm

Way = Literal["pages", "all", "aloud"]
Kind = Literal["heading", "turn", "question", "grid", "more"]

ROOM: Final = 490
"""How high a page may be before it is parted, in pixels of a window of 768."""
LINE: Final = 21
LETTERS: Final = 95
LEAST_IN_GRID: Final = 3
MOST_IN_GRID: Final = 10
MOST_COLUMNS: Final = 7
LONGEST_COLUMN: Final = 34


@dataclass(frozen=True)
class Block:
    """A heading, a turn of a repeat, one question, a grid of questions, or the button for one turn more."""

    kind: Kind
    places: tuple[str, ...]
    level: int = 0

    @property
    def place(self) -> str:
        """The place it is about: its first."""
        return self.places[0]


@dataclass(frozen=True)
class Page:
    """What is asked together."""

    blocks: tuple[Block, ...]
    asked: tuple[str, ...] = field(default=(), compare=False)
    """The places of its questions."""


def pages_of(live: LiveForm, way: Way) -> tuple[Page, ...]:
    """The pages of a filling-in as it stands, what is not relevant now included."""
    layout = _Layout(live, way)
    if way == "all":
        blocks = layout.blocks(live.form.children, "", 0)
        return (_page(layout.gridded(blocks)),)
    return tuple(_page(layout.gridded(blocks)) for blocks in layout.pages(live.form.children, "", ()) if blocks)


class _Layout:
    def __init__(self, live: LiveForm, way: Way) -> None:
        self.live = live
        self.way = way
        self.room = ROOM if way == "pages" else 0

    def blocks(self, children: Iterable[Question | Group], at: str, level: int) -> list[Block]:
        found: list[Block] = []
        for item in children:
            found += self._of_item(item, f"{at}{item.name}", level)
        return found

    def pages(self, children: Iterable[Question | Group], at: str, heads: tuple[Block, ...]) -> list[list[Block]]:
        found: list[list[Block]] = []
        run: list[Block] = []
        for item in children:
            place = f"{at}{item.name}"
            if isinstance(item, Question):
                more = self._of_item(item, place, len(heads))
                if run and self.height([*run, *more]) > self.room:
                    found.append([*heads, *run])
                    run = []
                run += more
                continue
            if run:
                found.append([*heads, *run])
            run = []
            found += self._of_group(item, place, heads)
        return [*found, [*heads, *run]] if run else found

    def _of_group(self, group: Group, place: str, heads: tuple[Block, ...]) -> list[list[Block]]:
        if group.repeat:
            return self._of_repeat(group, place, heads)
        head = self._heading(group, place, len(heads))
        whole = [*heads, *head, *self.blocks(group.children, f"{place}/", len(heads) + 1)]
        together = "field-list" in group.appearance and self.way == "pages"
        if together or self.height(whole) <= self.room:
            return [whole]
        return self.pages(group.children, f"{place}/", (*heads, *head))

    def _of_repeat(self, group: Group, place: str, heads: tuple[Block, ...]) -> list[list[Block]]:
        found: list[list[Block]] = []
        for number in range(1, self.live.turns(place) + 1):
            turn = f"{place}[{number}]"
            head = Block("turn", (turn,), len(heads))
            whole = [*heads, head, *self.blocks(group.children, f"{turn}/", len(heads) + 1)]
            fits = self.height(whole) <= self.room * 1.6 or ("field-list" in group.appearance and self.way == "pages")
            found += [whole] if fits else self.pages(group.children, f"{turn}/", (*heads, head))
        more = Block("more", (place,), len(heads))
        if found and self.way == "pages":
            found[-1].append(more)
            return found
        return [*found, [*heads, more]]

    def _of_item(self, item: Question | Group, place: str, level: int) -> list[Block]:
        if isinstance(item, Question):
            return [Block(kind, (place,), level)] if (kind := _shown_as(item)) else []
        if not item.repeat:
            return [*self._heading(item, place, level), *self.blocks(item.children, f"{place}/", level + 1)]
        found: list[Block] = []
        for number in range(1, self.live.turns(place) + 1):
            turn = f"{place}[{number}]"
            found += [Block("turn", (turn,), level), *self.blocks(item.children, f"{turn}/", level + 1)]
        return [*found, Block("more", (place,), level)]

    def _heading(self, group: Group, place: str, level: int) -> list[Block]:
        return [Block("heading", (place,), level)] if any(group.label.values()) else []

    # Grids

    def gridded(self, blocks: Sequence[Block]) -> list[Block]:
        """Blocks with questions of the same short answers put together."""
        if self.way == "aloud":
            return list(blocks)
        found: list[Block] = []
        for alike, run in groupby(blocks, self._grid_of):
            together = list(run)
            found += _parted(together, forced=alike.startswith("!")) if alike else together
        return found

    def _grid_of(self, block: Block) -> str:
        """What a question shares with those it may stand in a grid with; empty for what never does."""
        item = self.live.item(block.place) if block.kind == "question" else None
        if not isinstance(item, Question) or item.kind != "select_one" or item.choice_filter or item.randomize:
            return ""
        forced = "list-nolabel" in item.appearance
        if not forced and item.appearance - {"likert", "horizontal", "quick", "list"}:
            return ""
        choices = self.live.form.lists.get(item.choices, ())
        longest = max((len(say(one.label, self.live.language)) for one in choices), default=0)
        if not 2 <= len(choices) <= MOST_COLUMNS or longest > LONGEST_COLUMN:
            return ""
        if not forced and len(choices) * longest > 150:
            return ""
        return f"{'!' if forced else ''}{block.place.rpartition('/')[0]} {item.choices}"

    # Heights

    def height(self, blocks: Sequence[Block]) -> int:
        """About how high these are."""
        return sum(self._height(block) for block in self.gridded(blocks))

    def _height(self, block: Block) -> int:
        if block.kind == "grid":
            return 50 + sum(14 + LINE * _lines(self._words(place), 42) for place in block.places)
        if block.kind != "question":
            return 44
        item = self.live.item(block.place)
        assert isinstance(item, Question)
        hint = say(item.hint, self.live.language)
        return 32 + LINE * (_lines(self._words(block.place)) + _lines(hint)) + self._answer_height(item)

    def _answer_height(self, item: Question) -> int:
        if item.kind == "note":
            return 0
        if item.kind in ("select_one", "select_multiple", "rank"):
            choices = self.live.form.lists.get(item.choices, ())
            letters = sum(len(say(one.label, self.live.language)) + 5 for one in choices)
            return 34 if letters <= 62 or len(choices) > 14 else 33 * len(choices)
        return 100 if "multiline" in item.appearance else 38

    def _words(self, place: str) -> str:
        return plain(say(self.live.item(place).label, self.live.language))


def _shown_as(item: Question) -> Kind | None:
    """What no one is asked is not shown; the head of a table is a heading, its columns stand above the grid anyhow."""
    has_words = any(item.label.values())
    if item.kind == "select_one" and "label" in item.appearance:
        return "heading" if has_words else None
    shown = item.kind not in COMPUTED or (item.kind == "calculate" and has_words)
    return "question" if shown else None


def _parted(run: list[Block], *, forced: bool) -> list[Block]:
    if len(run) < (2 if forced else LEAST_IN_GRID):
        return run
    pieces = [run[start : start + MOST_IN_GRID] for start in range(0, len(run), MOST_IN_GRID)]
    return [Block("grid", tuple(one.place for one in piece), run[0].level) for piece in pieces]


def _page(blocks: Sequence[Block]) -> Page:
    return Page(tuple(blocks), tuple(asked_in(blocks)))


def asked_in(blocks: Iterable[Block]) -> Iterator[str]:
    """The places of the questions in these blocks."""
    return (place for block in blocks if block.kind in ("question", "grid") for place in block.places)


def _lines(words: str, letters: int = LETTERS) -> int:
    return sum(1 + len(line) // letters for line in words.splitlines()) if words else 0
