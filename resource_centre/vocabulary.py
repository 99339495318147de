# SPDX-License-Identifier: Apache-2.0
"""The centre's code lists: stable codes, labels in both languages, and the words people write for them.

Every list is a file data/vocabularies/<name>.csv with the columns code, label_id, label_en, group, order, synonyms
(separated by |), source, verified, and further columns of its own (kept in `Term.extra`).
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from types import MappingProxyType

from resource_centre import i18n
from resource_centre.values.names import plain

MERGED = "PERLINDUNGAN_KHUSUS"
"""The entry that stands for every top-tier one, in the lists that have any (domain reference 6.4)."""

COLUMNS = ("code", "label_id", "label_en", "group", "order", "synonyms", "source", "verified")

#: `closest` answers only above the first figure, and only when every other code stays below it by the second.
CLOSE_ENOUGH = 0.86
CLEAR_MARGIN = 0.08
_CONTAINED = 0.9
_SHORTEST_PHRASE = 4

_JOINERS = re.compile("['`\u2018\u2019\u02bb\u02bc]")
_PUNCTUATION = re.compile(r"[\W_]+")
_NEGATIONS = frozenset({"bukan", "tidak", "tdk", "tak", "belum", "blm", "batal", "not", "no", "non", "never"})


@dataclass(frozen=True)
class Term:
    """One entry of a code list."""

    code: str
    label_id: str
    label_en: str
    group: str
    order: int
    source: str
    verified: str
    extra: Mapping[str, str]
    synonyms: tuple[str, ...] = ()

    def label(self, language: str | None = None) -> str:
        """The label in a language ("id" or "en"); in the one now in use when none is named."""
        return self.label_en if (language or i18n.language()) == "en" else self.label_id


class Vocabulary:
    """One code list in its order."""

    def __init__(self, name: str, terms: Iterable[Term]) -> None:
        self.name = name
        self.terms = tuple(sorted(terms, key=lambda term: term.order))
        self._by_code = {term.code: term for term in self.terms}

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes, in order."""
        return tuple(self._by_code)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    def __getitem__(self, code: str) -> Term:
        return self._by_code[code]

    def get(self, code: str | None) -> Term | None:
        """The entry of a code, None when there is none."""
        return self._by_code.get(code) if code is not None else None

    def label(self, code: str | None, language: str | None = None) -> str:
        """The label of a code; the code itself when a newer program wrote one we do not know, "" for None.

        An entry for protection officers only is called what stands for it elsewhere; a `Term` has its own label.
        """
        term = self.get(code)
        if term is not None and term.extra.get("top_tier") == "yes":
            term = self.get(term.extra.get("stands_as") or MERGED) or term
        return term.label(language) if term else code or ""

    def find(self, text: str) -> str | None:
        """Return the code the text is written for: a code, a label of either language or a synonym, whatever the
        case and punctuation. None when unknown or when it could be two of them."""
        folded = fold_label(text)
        return self._written.get(folded) or self._written.get(folded.replace(" ", "")) if folded else None

    def closest(self, text: str) -> tuple[str, float] | None:
        """Return the code whose wording is clearly nearest and how near it is (0 to 1), for a person to confirm."""
        folded = fold_label(text)
        exact = self.find(text)
        if exact is not None or not folded:
            return (exact, 1.0) if exact is not None else None
        best = sorted(self._nearness(folded).items(), key=lambda item: -item[1])[:2]
        if not best or best[0][1] < CLOSE_ENOUGH:
            return None
        if len(best) > 1 and best[0][1] - best[1][1] < CLEAR_MARGIN:
            return None
        return best[0]

    @cached_property
    def _written(self) -> dict[str, str]:
        """Folded wording to code; codes win over labels, labels over synonyms; two codes for one wording drop out."""
        written: dict[str, str] = {}
        for wordings in (_code_wording, _label_wordings, _synonym_wordings, _glued_wordings):
            stage: dict[str, set[str]] = {}
            for term in self.terms:
                for wording in wordings(term):
                    stage.setdefault(wording, set()).add(term.code)
            for wording, codes in stage.items():
                if len(codes) == 1 and wording not in written:
                    written[wording] = next(iter(codes))
                elif len(codes) > 1:
                    written.setdefault(wording, "")
        return {wording: code for wording, code in written.items() if wording and code}

    def _nearness(self, folded: str) -> dict[str, float]:
        from rapidfuzz import fuzz

        negated = bool(_NEGATIONS & set(folded.split()))
        nearest: dict[str, float] = {}
        for wording, code in self._written.items():
            near = fuzz.ratio(folded, wording) / 100
            inside = len(wording) >= _SHORTEST_PHRASE and f" {wording} " in f" {folded} "
            if inside and not negated:
                near = max(near, _CONTAINED)
            nearest[code] = max(near, nearest.get(code, 0.0))
        return nearest


@cache
def vocabulary(name: str) -> Vocabulary:
    """The code list of a name. KeyError when there is none."""
    file = resources.files("resource_centre") / "data" / "vocabularies" / f"{name}.csv"
    if not name.isidentifier() or not file.is_file():
        raise KeyError(name)
    return Vocabulary(name, map(_term, csv.DictReader(file.read_text("utf-8").splitlines())))


def vocabulary_names() -> tuple[str, ...]:
    """The names of all code lists, sorted."""
    folder = resources.files("resource_centre") / "data" / "vocabularies"
    return tuple(sorted(file.name.removesuffix(".csv") for file in folder.iterdir() if file.name.endswith(".csv")))


def fold_label(text: str) -> str:
    """Small letters, no accents, punctuation as single spaces; a mark that stands alone ("✓") stays itself."""
    return _PUNCTUATION.sub(" ", _JOINERS.sub("", plain(text))).strip() or text.strip()


def _term(row: dict[str, str]) -> Term:
    return Term(
        code=row["code"],
        label_id=row["label_id"],
        label_en=row["label_en"],
        group=row["group"],
        order=int(row["order"]),
        source=row["source"],
        verified=row["verified"],
        extra=MappingProxyType({name: value for name, value in row.items() if name not in COLUMNS}),
        synonyms=tuple(word for word in row["synonyms"].split("|") if word),
    )


def _code_wording(term: Term) -> tuple[str, ...]:
    return (fold_label(term.code),)


def _label_wordings(term: Term) -> tuple[str, ...]:
    return fold_label(term.label_id), fold_label(term.label_en)


def _synonym_wordings(term: Term) -> tuple[str, ...]:
    return tuple(map(fold_label, term.synonyms))


def _glued_wordings(term: Term) -> set[str]:
    wordings = (*_code_wording(term), *_label_wordings(term), *_synonym_wordings(term))
    return {wording.replace(" ", "") for wording in wordings}
