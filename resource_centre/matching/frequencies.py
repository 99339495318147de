# SPDX-License-Identifier: Apache-2.0
"""How common a name, a place or a date is.

To share a rare name says more than to share one that half the village has. Counted are the records themselves; a
record met twice must not make its own name look common, so the copies that a few duplicates would make are taken off
every count. What the shipped shares say fades as the list grows.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache, partial
from typing import Final

from resource_centre.matching import names as of_names
from resource_centre.matching.descriptions import Description, Words
from resource_centre.matching.people import Column, People, sounds_of
from resource_centre.matching.rules import rule
from resource_centre.values.names import common_sounds

COPIES: Final = 2
"""Records of one person beyond the first that are taken off a count before it is believed."""
COUNTED: Final = (
    "sex", "birth", "village", "phone", "nik", "passport", "house", "street", "estate", "postcode", "state",
)  # fmt: skip
CACHED: Final = 65_536
NUMBERS: Final = frozenset({"phone", "nik", "passport"})
"""Fields that are a person's own by design: how many there are says nothing, only how often one comes again."""


class Counted:
    """How many records have each answer: `whole` of them any, `kinds` different ones, `often` those that copies of a
    few duplicates do not explain."""

    def __init__(self, column: Column) -> None:
        counts = column.counts()
        self.whole = sum(counts)
        self.kinds = len(counts) - counts.count(0)
        self.often = {column.texts[code]: count for code, count in enumerate(counts) if count > COPIES + 1}


class CountedNames:
    """How many names have each word and each number of words, and those words together that are `often` a name."""

    def __init__(self, column: Column) -> None:
        self.words: Counter[str] = Counter()
        self.lengths: Counter[int] = Counter()
        self.often: dict[Words, int] = {}
        counts = column.counts()
        wholes: Counter[int] = Counter()
        for code, count in enumerate(counts):
            words = sounds_of(column.texts[code]) if count else ()
            if words:
                for word in set(words):
                    self.words[word] += count
                self.lengths[len(words)] += count
                # Numbers for names, because a name here would be ten times as large.
                wholes[hash(tuple(sorted(words)))] += count
        many = {whole for whole, count in wholes.items() if count > COPIES + 1}
        for code, count in enumerate(counts if many else ()):
            words = tuple(sorted(sounds_of(column.texts[code])))
            if count and hash(words) in many:
                self.often[words] = self.often.get(words, 0) + count


class Frequencies:
    """Shares of values, as natural logarithms of the chance that a stranger has the same."""

    def __init__(self, records: Iterable[Description], *, picked_from: int = 0) -> None:
        """Count a whole list, or records picked out of `picked_from` people because they are alike."""
        people = records if isinstance(records, People) else People(records)
        self._values = {field: Counted(people.columns[field]) for field in COUNTED}
        self._names = {kind: CountedNames(people.columns[kind]) for kind in ("name", "mother")}
        self._picked_from = picked_from
        self.of_value = lru_cache(maxsize=CACHED)(self._of_value)
        self.of_name = lru_cache(maxsize=CACHED)(self._of_name)
        self.known_name = lru_cache(maxsize=CACHED)(partial(self._is_known, "name"))
        self.known_mother = lru_cache(maxsize=CACHED)(partial(self._is_known, "mother"))

    def rarest(self, field: str) -> float:
        """What `of_value` or `of_name` never falls below."""
        if field in COUNTED:
            return self._of_value(field, "")
        return math.log(rule("share_number"))

    def _of_value(self, field: str, value: str) -> float:
        counted = self._values[field]
        whole = self._picked_from or max(1, counted.whole)
        if field in NUMBERS:
            least = rule("share_number")
        else:
            # As if every value were as common, leaning on the shipped share while the list is short.
            known = 0 if self._picked_from else counted.whole
            trust = rule("trust_shares")
            least = (known / max(counted.kinds, 20) + trust * rule(f"share_{field}")) / (known + trust)
        return math.log(max(least, (counted.often.get(value, 0) - COPIES - 1) / whole))

    def _of_name(self, kind: str, level: int, shared: Words) -> float:
        """The chance that a stranger's name has these words; of the whole name when it is the same."""
        if not shared or level == of_names.OTHER:
            return 0.0
        words = set(shared)
        chance = math.prod(self._of_word(kind, word) for word in words)
        if level <= of_names.SLIPS:
            whole = self._names[kind].often.get(tuple(sorted(shared)), 0) - COPIES - 1
            least = rule("share_whole_name") * self._fading(kind)
            chance = max(whole / self._total(kind), chance * self._as_many(kind, len(words)), least)
        return math.log(max(rule("share_number"), chance))

    def _of_word(self, kind: str, word: str) -> float:
        shipped = rule("share_common_word" if word in common_sounds() else "share_word")
        counted = max(0 if self._picked_from else 1, self._names[kind].words[word] - COPIES)
        return min(1.0, max(counted / self._total(kind), shipped * self._fading(kind)))

    def _is_known(self, kind: str, word: str) -> bool:
        """Whether so many have this word in their name that it is a name of its own and no slip."""
        return self._names[kind].words[word] >= max(
            rule("known_word_least"), rule("known_word_share") * self._total(kind)
        )

    def together(self, kind: str) -> float:
        """The chance that two words of names are the same word: how often brothers are named alike by chance."""
        words = self._names[kind].words
        whole = max(1, words.total())
        return sum((count / whole) ** 2 for count in words.values())

    def _total(self, kind: str) -> int:
        return self._picked_from or max(1, self._names[kind].lengths.total())

    def _fading(self, kind: str) -> float:
        """How much the shipped shares still count: all of it before anything was counted."""
        trust = rule("trust_shares")
        return 1.0 if self._picked_from else trust / (trust + self._names[kind].lengths.total())

    def _as_many(self, kind: str, words: int) -> float:
        """Share of names with just so many words, which a stranger's must have too to be the same whole."""
        if self._picked_from:
            return rule("share_as_many_words")
        return max(0.02, self._names[kind].lengths[words] / self._total(kind))
