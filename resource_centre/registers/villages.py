# SPDX-License-Identifier: Apache-2.0
"""Find the village a row means from its columns or its address, in the light of where the whole register is from."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from resource_centre.places import gazetteer
from resource_centre.registers.readings import NOTHING, Reading

LEVELS: Final = ("village", "district", "regency", "province")

_LABELS: Final = (
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
_SHORT_FORMS: Final = {"ds": "desa", "kecamatan": "kec", "kabupaten": "kab", "kelurahan": "kel", "prov": "provinsi"}
_RT_RW = re.compile(
    r"\brt\b[.: /]*(?:rw\b[.: ]*)?\d+[ /,-]*(?:rw)?[.: ]*\d*|\brw\b[.: ]*\d+|\bno\b[.: ]*\d+", re.IGNORECASE
)
_POST_CODE = re.compile(r"\b\d{5}\b")


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
    """Cut an address in one cell into its levels, by their labels or, without any, from the village upwards."""
    text = _POST_CODE.sub(" ", _RT_RW.sub(" ", text))
    marks: list[tuple[int, int, str]] = []
    for level, pattern in _LABELS:
        marks += [(found.start(), found.end(), level) for found in pattern.finditer(text)]
    marks = _labels_only(sorted(marks), text)
    found_levels: dict[str, str] = {}
    free = _parts(text[: marks[0][0]] if marks else text)
    for place, (_start, end, level) in enumerate(marks):
        stop = marks[place + 1][0] if place + 1 < len(marks) else len(text)
        first, *more = _parts(text[end:stop]) or [""]
        if first:
            name = "regency" if level == "city" else level
            found_levels.setdefault(name, f"Kota {first}" if level == "city" else first)
        free += more
    open_levels = [level for level in LEVELS if level not in found_levels]
    if marks and "village" in found_levels:
        open_levels = [level for level in open_levels if level != "village"]
    if "village" not in found_levels and len(free) > len(open_levels):
        free = free[len(free) - len(open_levels) :]
    return found_levels | dict(zip(open_levels, free, strict=False))


def _labels_only(marks: list[tuple[int, int, str]], text: str) -> list[tuple[int, int, str]]:
    """Leave out labels that stand right behind another one: in "Kec. Kota Lama" the second belongs to the name."""
    kept: list[tuple[int, int, str]] = []
    for start, end, level in marks:
        if not kept or text[kept[-1][1] : start].strip(" .:"):
            kept.append((start, end, level))
    return kept


def _parts(text: str) -> list[str]:
    return [part for part in (piece.strip(" .-:") for piece in re.split(r"[,;\n]|\s[-–/]\s", text)) if part]


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
