# SPDX-License-Identifier: Apache-2.0
"""Read short answers against the centre's code lists: country, kind of return, occupation, kind of counselling."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from resource_centre.registers.readings import NOTHING, Reading, as_text, is_empty, is_unknown
from resource_centre.registers.sheet import Cell
from resource_centre.values.text import tidy
from resource_centre.vocabulary import fold_label, vocabulary

LISTS: Final = {
    "country": "country",
    "return_type": "return_type",
    "job": "occupation",
    "kind": "counselling_kind",
    "status": "client_type",
    "module": "module",
    "education": "education",
    "marital_status": "marital_status",
}
"""Which code list a field of a register is read against."""

INSIDE: Final = 0.9
"""What `Vocabulary.closest` says of a known wording inside a longer one."""
TURNING: Final = frozenset(
    {"majikan", "keluarga", "ortu", "orang", "tua", "anak", "ibu", "bapak", "ayah", "suami", "istri", "nenek", "kakek",
     "employer", "family", "mother", "father", "husband", "wife", "child", "parent"}
)  # fmt: skip
"""Words that make an answer one about somebody else."""

_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_SEVERAL = re.compile(r"\s*(?:[/;,&+\n]|\bdan\b|\band\b|\bke\b|->|→)\s*")
_BEFORE = re.compile(
    r"^(negara|jenis|konseling|counselling|counseling|krn|karena|dikarenakan|dipulangkan karena|pulang karena|"
    r"pulang krn|sebagai|sbg|bekerja sebagai|kerja sebagai|kerja di|eks|ex|di|bidang|sektor)\b[ :.\-]*",
    re.IGNORECASE,
)


def read_code(field: str, cell: Cell) -> Reading:
    """The code a cell means in its field's list. A word near to exactly one entry gets its code and a warning."""
    text = tidy(as_text(cell))
    if is_empty(text):
        return NOTHING
    if is_unknown(text):
        unknown = vocabulary(LISTS[field]).find(text)
        return Reading(unknown) if unknown else NOTHING
    return _code(LISTS[field], text)


@lru_cache(maxsize=16_384)
def _code(name: str, text: str) -> Reading:
    terms = vocabulary(name)
    for attempt in (text, _BRACKETS.sub("", text), _BEFORE.sub("", _BRACKETS.sub("", text))):
        if attempt and (code := terms.find(attempt)):
            return Reading(code)
    parts = [part for part in _SEVERAL.split(_BRACKETS.sub("", text)) if part]
    if len(parts) > 1:
        codes = {terms.find(part) for part in parts}
        known = {code for code in codes if code}
        if len(known) == 1 and None not in codes:
            return Reading(known.pop())
        if len(known) > 1:
            return Reading(None, "two_answers", options=tuple(terms.label(code) for code in sorted(known)))
    near = terms.closest(_BRACKETS.sub("", text) or text)
    if near is None:
        return Reading(None, "not_in_list")
    label = (terms.label(near[0]),)
    if near[1] == INSIDE and _somebody_elses(text):
        # "Majikan meninggal" is about the employer's death.
        return Reading(None, "not_in_list", options=label)
    return Reading(near[0], "nearly_in_list", "warning", options=label)


def _somebody_elses(text: str) -> bool:
    return bool(TURNING.intersection(fold_label(text).split()))
