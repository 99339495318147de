# SPDX-License-Identifier: Apache-2.0
"""Find the village a row means from its columns or its address, in the light of where the whole register is from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from resource_centre.place_words import abbreviations
from resource_centre.places import fold_place, gazetteer
from resource_centre.registers.readings import NOTHING, Reading

FEWEST_LEVELS: Final = 2
LEVELS: Final = ("village", "district", "regency", "province")

_Labels = tuple[tuple[str, re.Pattern[str]], ...]
_LABELS: Final[_Labels] = (
    ("village", re.compile(r"\b(?:desa|ds|kelurahan|kel|village|gampong|nagari|pekon)\b[.: ]*", re.IGNORECASE)),
    ("district", re.compile(r"\b(?:kecamatan|kec|district|distrik)\b[.: ]*", re.IGNORECASE)),
    ("regency", re.compile(r"\b(?:kabupaten|kab|regency)\b[.: ]*", re.IGNORECASE)),
    ("city", re.compile(r"\b(?:kota|city of)\b[.: ]*", re.IGNORECASE)),
    ("province", re.compile(r"\b(?:provinsi|propinsi|prov|province)\b[.: ]*", re.IGNORECASE)),
    (
        "hamlet",
        re.compile(r"\b(?:dusun|dsn|lingkungan|lingk|dukuh|dasan|banjar|kampung|kp|blok)\b[.: ]*", re.IGNORECASE),
    ),
    ("street", re.compile(r"\b(?:jalan|jln|jl|gang|gg)\b[.: ]*", re.IGNORECASE)),
)
_FROM_VILLAGE: Final[dict[str, tuple[str, ...]]] = {
    "village": (), "district": ("village",), "regency": ("village", "district"), "city": ("village", "district"),
}  # fmt: skip
_SHORT_FORMS: Final = {"ds": "desa", "kecamatan": "kec", "kabupaten": "kab", "kelurahan": "kel", "prov": "provinsi"}
_RT_RW = re.compile(
    r"\brt\b[.: /]*(?:rw\b[.: ]*)?\d+[ /,-]*(?:rw)?[.: ]*\d*|\brw\b[.: ]*\d+|\bno\b[.: ]*\d+", re.IGNORECASE
)
_POST_CODE = re.compile(r"\b\d{5}\b")
_VILLAGE_LABEL, _DISTRICT_LABEL = _LABELS[0][1], _LABELS[1][1]
_PART = re.compile(r"[,;\n]|\s\(|\s[-–/]\s|(?<=[^\W\d])/(?=[^\W\d])")
_CODE: Final = re.compile(r"\d\d\.\d\d\.\d\d\.\d{4}")
_EDGES: Final = " .-:/()"


@dataclass(frozen=True)
class Written:
    """A place as a row has it, each level as written."""

    village: str | None = None
    district: str | None = None
    regency: str | None = None
    province: str | None = None

    @property
    def key(self) -> str:
        """By which an answer is remembered."""
        parts = (self.village, self.district, self.regency, self.province)
        return "|".join(_same_wording(part) if part else "" for part in parts)

    @property
    def text(self) -> str:
        """All of it in one line, for the list to settle."""
        return ", ".join(part for part in (self.village, self.district, self.regency, self.province) if part)


def split_address(text: str) -> dict[str, str]:
    """Cut an address in one cell into its levels, by their labels or, without any, from the village upwards.

    "Banjar" and "Kampung" may begin the name of a village as well; read so when that gives a village in its district.
    """
    text = _POST_CODE.sub(" ", _RT_RW.sub(", ", text))
    levels = _levels_in(text, _LABELS)
    if "hamlet" in levels and not _VILLAGE_LABEL.search(text):
        as_names = _levels_in(text, tuple(label for label in _LABELS if label[0] != "hamlet"))
        if "district" in as_names and _is_place(as_names):
            return as_names
    if levels.keys() & set(LEVELS) == {"village", "district"} and not _DISTRICT_LABEL.search(text):
        in_regency = {"village": levels["village"], "regency": levels["district"]}
        if not _is_place(levels) and _is_place(in_regency):
            return in_regency
    return levels


def _is_place(levels: dict[str, str]) -> bool:
    found = gazetteer().match(
        village=levels.get("village"),
        district=levels.get("district"),
        regency=levels.get("regency"),
        province=levels.get("province"),
    )
    return found.code is not None and found.how in {"exact", "spelling"}


def _levels_in(text: str, labels: _Labels) -> dict[str, str]:
    found: dict[str, str] = {}
    free: list[str] = []
    parts = _parts(text)
    for part in parts:
        for level, name in _labelled(part, labels):
            # What stands first of three is no city, nor is one that is not in the list: "Kota Batu, Kota Agung, ..."
            village_first = part is parts[0] and len(parts) > FEWEST_LEVELS
            if not level or (level == "city" and (village_first or fold_place(f"Kota {name}") not in _names(5))):
                free.append(f"Kota {name}" if level else name)
                continue
            if level in _FROM_VILLAGE and "village" not in found:
                # What stands before a label is below it: the village, or only a hamlet or a building.
                below = _FROM_VILLAGE[level]
                found |= dict(zip(below, free[-len(below) :], strict=False)) if below else {}
                free = []
            if level == "city":
                found.setdefault("regency", f"Kota {name}")
            else:
                found.setdefault(level, name)
    levels = LEVELS if free and _is_province(free[-1]) else LEVELS[:3]
    open_levels = [level for level in levels if level not in found]
    if "village" not in found and len(free) > len(open_levels):
        free = free[len(free) - len(open_levels) :]
    return found | dict(zip(open_levels, free, strict=False))


def _is_province(text: str) -> bool:
    folded = fold_place(text)
    return folded in _names(2) or folded in abbreviations()["province"]


@lru_cache(maxsize=2)
def _names(length: int) -> frozenset[str]:
    """Folded names of all provinces (2) or regencies (5)."""
    return frozenset(fold_place(name) for code, name in gazetteer().upper_places() if len(code) == length)


def _labelled(part: str, labels: _Labels) -> Iterator[tuple[str, str]]:
    """The names in one part of an address, each with the level its label gives it, "" where it has none."""
    marks = sorted((found.start(), found.end(), level) for level, pattern in labels for found in pattern.finditer(part))
    level, begin = "", 0
    for place, (start, end, next_level) in enumerate(marks):
        stop, _, after = marks[place + 1] if place + 1 < len(marks) else (len(part), 0, "")
        name = part[begin:start].strip(_EDGES)
        bare = not part[end:stop].strip(_EDGES) and after not in {"city", "hamlet"}
        if (level and not name) or bare or (next_level == "hamlet" and level):
            # In "Kec. Kota Lama", "Kec. Sanga Desa" and "Desa Suka Banjar" the second label belongs to the name.
            continue
        if name:
            yield level, name
        level, begin = next_level, end
    if name := part[begin:].strip(_EDGES):
        yield level, name


def _parts(text: str) -> list[str]:
    return [part for part in (piece.strip(_EDGES) for piece in _PART.split(text)) if part]


@lru_cache(maxsize=65_536)
def _same_wording(text: str) -> str:
    """The same for spellings of one place that differ in capitals, points and the usual short forms only."""
    words = text.casefold().replace(".", " ").split()
    return " ".join(_SHORT_FORMS.get(word, word) for word in words)


@dataclass
class VillageReader:
    """Reads villages, remembering every answer; `home` grows from the rows that leave no doubt."""

    hints: tuple[str, ...] = ()
    seen: Counter[str] = field(default_factory=Counter)
    _known: dict[tuple[str, tuple[str, ...]], Reading] = field(default_factory=dict)

    def read(self, written: Written) -> Reading:
        """The village code, or a problem with the candidates' names."""
        if not written.village:
            return NOTHING
        if _CODE.fullmatch(written.village.strip()) and gazetteer().place(written.village.strip()):
            return Reading(written.village.strip())
        key = (written.key, self.hints)
        reading = self._known.get(key)
        if reading is None:
            reading = self._known[key] = self._match(written)
        if reading.value:
            self.seen[reading.value[:5]] += 1
        return reading

    def home(self) -> tuple[str, ...]:
        """The regencies this register is about: those of its certain rows, the commonest first."""
        total = self.seen.total()
        return tuple(code for code, count in self.seen.most_common() if count >= max(2, 0.01 * total))

    def _match(self, written: Written) -> Reading:
        found = gazetteer().match(
            village=written.village,
            district=written.district,
            regency=written.regency,
            province=written.province,
            within=self.hints or None,
        )
        names = tuple(gazetteer().full_name(place.code) for place in found.candidates[:4])
        if found.code and found.how == "misspelt":
            return Reading(found.code, "village_spelt", "warning", names)
        if found.code:
            return Reading(found.code)
        return Reading(None, found.problem or "village_unknown", options=names)
