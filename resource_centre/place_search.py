# SPDX-License-Identifier: Apache-2.0
"""Finding villages while somebody types: a few scans of one long string instead of 83,762 objects."""

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate, combinations

# Words people type before a name; they tell nothing, and as part of a name they are tried first all the same.
_SPOKEN = frozenset({"ds", "desa", "kel", "kelurahan", "kec", "kecamatan", "kab", "kabupaten", "prov", "provinsi"})
#: Hits ranked among each other; a word with more ("suka") is answered by the names that begin with it.
_MOST_RANKED = 1_500
_MOST_WORDS = 5
_SHORTEST_INSIDE = 3


class VillageSearch:
    """Folded village names in code order, one line each, and the words of the district and regency around them."""

    def __init__(self, names: str, first_rows: Mapping[str, int], regions: str) -> None:
        """Take the folded names as lines, the first row of each district in order, and each one's region words."""
        self._text = "\n " + names.replace("\n", "\n ") + "\n"
        self._starts = line_starts(self._text[1:])
        self._compact = "\n" + names.replace(" ", "") + "\n"
        self._compact_starts = line_starts(self._compact[1:])
        self._district_rows = array("I", (*first_rows.values(), len(self._starts) - 1))
        self._regions = "\n~" + regions.replace(" ", "~").replace("\n", "\n~") + "\n"
        self._region_starts = line_starts(self._regions[1:])

    def name(self, row: int) -> str:
        """The folded name of a row."""
        return self._text[self._starts[row] + 2 : self._starts[row + 1]]

    def called(self, compact: str) -> list[int]:
        """Rows whose name without spaces is exactly this."""
        hits = _positions(self._compact, f"\n{compact}\n", 0, len(self._compact), overlap=1)
        return [bisect_right(self._compact_starts, hit) - 1 for hit in hits] if compact else []

    def rows(self, typed: list[str], first: int, last: int, limit: int) -> list[int]:
        """Rows from first to before last for the folded words typed so far, the likeliest first."""
        words = ([word for word in typed if word not in _SPOKEN] or typed)[:_MOST_WORDS]
        found: dict[int, None] = {}
        if not words or first >= last:
            return []
        for stage in self._stages(typed, words, first, last, limit):
            for row in stage():
                found.setdefault(row)
                if len(found) >= limit:
                    return list(found)
        return list(found)

    def _stages(
        self, typed: list[str], words: list[str], first: int, last: int, limit: int
    ) -> Iterator[Callable[[], Iterator[int]]]:
        for phrase in dict.fromkeys((" ".join(typed), " ".join(words))):
            yield lambda phrase=phrase: self._by_phrase(phrase, first, last, limit)  # type: ignore[misc]
        if len(words) > 1:
            yield lambda: self._by_words(words, first, last)
        yield lambda: self._by_compact(words, first, last)
        regions = {word: self._regions_with(word, first, last) for word in words}
        for count in range(1, len(words) + 1):
            yield lambda count=count: self._by_regions(words, regions, count, first, last)  # type: ignore[misc]

    def _by_phrase(self, phrase: str, first: int, last: int, limit: int) -> Iterator[int]:
        """Names that are, begin with, or hold the text: in that order."""
        start, end = self._starts[first], self._starts[last] + 1
        needle = phrase if len(phrase) >= _SHORTEST_INSIDE else f" {phrase}"
        hits = _positions(self._text, needle, start, end, most=_MOST_RANKED)
        if len(hits) == _MOST_RANKED:
            for needle in (f"\n {phrase}\n", f"\n {phrase}"):
                hits += _positions(self._text, needle, start, end, most=limit, overlap=1)
        yield from self._ranked(hits, phrase)

    def _ranked(self, hits: list[int], phrase: str) -> Iterator[int]:
        rows = {bisect_right(self._starts, hit) - 1 for hit in hits}
        yield from sorted(rows, key=lambda row: (_rank(self.name(row), phrase), row))

    def _by_words(self, words: list[str], first: int, last: int) -> Iterator[int]:
        """Names with all the words, in whatever order."""
        longest = max(words, key=len)
        hits = _positions(self._text, f" {longest}", self._starts[first], self._starts[last] + 1, most=_MOST_RANKED)
        yield from (row for row in (bisect_right(self._starts, hit) - 1 for hit in hits) if self._has(row, words))

    def _by_compact(self, words: list[str], first: int, last: int) -> Iterator[int]:
        """Names that begin with the text when spaces are left out on both sides."""
        start, end = self._compact_starts[first], self._compact_starts[last] + 1
        hits = _positions(self._compact, "\n" + "".join(words), start, end, most=_MOST_RANKED, overlap=1)
        yield from (bisect_right(self._compact_starts, hit) - 1 for hit in hits)

    def _by_regions(
        self, words: list[str], regions: Mapping[str, set[int]], count: int, first: int, last: int
    ) -> Iterator[int]:
        """Villages where so many of the words are of the district or regency and the rest of the village."""
        hits: list[tuple[int, int]] = []
        for outside in combinations(words, count):
            inside = [word for word in words if word not in outside]
            for district in set.intersection(*(regions[word] for word in outside)):
                hits += self._in_district(district, inside, first, last)
                if len(hits) > _MOST_RANKED:
                    break
        yield from (row for _, row in sorted(hits))

    def _in_district(self, district: int, inside: list[str], first: int, last: int) -> Iterator[tuple[int, int]]:
        top, bottom = max(first, self._district_rows[district]), min(last, self._district_rows[district + 1])
        phrase = " ".join(inside)
        if not inside:
            yield from ((0, row) for row in range(top, bottom))
            return
        hits = _positions(self._text, f" {inside[0]}", self._starts[top], self._starts[bottom] + 1)
        for row in dict.fromkeys(bisect_right(self._starts, hit) - 1 for hit in hits):
            if self._has(row, inside):
                yield _rank(self.name(row), phrase), row

    def _regions_with(self, word: str, first: int, last: int) -> set[int]:
        lowest, highest = (bisect_right(self._district_rows, row) - 1 for row in (first, last - 1))
        start, end = self._region_starts[lowest], self._region_starts[highest + 1] + 1
        return {bisect_right(self._region_starts, hit) - 1 for hit in _positions(self._regions, f"~{word}", start, end)}

    def _has(self, row: int, words: Sequence[str]) -> bool:
        line = self._text[self._starts[row] : self._starts[row + 1]]
        return all(f" {word}" in line for word in words)


def line_starts(text: str) -> "array[int]":
    """Where each line of a text begins, and where the next would."""
    return array("I", accumulate(map(len, text.splitlines(keepends=True)), initial=0))


def _positions(text: str, needle: str, start: int, end: int, *, most: int = 1 << 30, overlap: int = 0) -> list[int]:
    """Where the needle stands between start and end; needles may share `overlap` characters (line feeds)."""
    found: list[int] = []
    step = len(needle) - overlap
    position = text.find(needle, start, end)
    while position >= 0 and len(found) < most:
        found.append(position)
        position = text.find(needle, position + step, end)
    return found


def _rank(name: str, phrase: str) -> int:
    if name.startswith(phrase):
        return 0 if len(name) == len(phrase) else 1
    return 2 if f" {phrase}" in name else 3
