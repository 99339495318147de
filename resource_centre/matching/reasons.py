# SPDX-License-Identifier: Apache-2.0
"""Why two records may be one person, in words: what agrees first, then what contradicts."""

from __future__ import annotations

from typing import Final

from resource_centre.i18n import N_, _
from resource_centre.matching.compare import FIELDS, LEVELS, MISSING

REASONS: Final = {
    "same_nik": N_("the same NIK"),
    "near_nik": N_("a NIK that differs in one digit"),
    "other_nik": N_("another NIK"),
    "same_passport": N_("the same passport"),
    "near_passport": N_("a passport that differs in one digit"),
    "other_passport": N_("another passport"),
    "same_phone": N_("the same telephone"),
    "near_phone": N_("a telephone that differs in one digit"),
    "same_name": N_("the same name"),
    "similar_name": N_("a similar name"),
    "shorter_name": N_("a shorter form of the name"),
    "partly_same_name": N_("part of the name"),
    "other_name": N_("another name"),
    "other_father": N_("another father's name"),
    "same_birth": N_("the same date of birth"),
    "turned_birth": N_("day and month of birth turned round"),
    "near_birth": N_("nearly the same date of birth"),
    "birth_agrees": N_("a date of birth that fits"),
    "other_birth": N_("another date of birth"),
    "same_village": N_("the same village"),
    "near_village": N_("nearly the same village"),
    "same_district": N_("the same district"),
    "same_mother": N_("the same mother's name"),
    "similar_mother": N_("a similar mother's name"),
    "other_mother": N_("another mother's name"),
    "same_address": N_("the same address"),
    "near_address": N_("a similar address"),
    "other_sex": N_("another sex"),
}
"""Code -> words."""

_SAID: Final = {
    ("nik", "same"): "same_nik",
    ("nik", "near"): "near_nik",
    ("nik", "other"): "other_nik",
    ("passport", "same"): "same_passport",
    ("passport", "near"): "near_passport",
    ("passport", "other"): "other_passport",
    ("phone", "same"): "same_phone",
    ("phone", "near"): "near_phone",
    ("name", "same"): "same_name",
    ("name", "slip"): "similar_name",
    ("name", "slips"): "similar_name",
    ("name", "alike"): "similar_name",
    ("name", "shorter"): "shorter_name",
    ("name", "shorter_slip"): "shorter_name",
    ("name", "partly"): "partly_same_name",
    ("name", "other"): "other_name",
    ("father", "other"): "other_father",
    ("birth", "same"): "same_birth",
    ("birth", "turned"): "turned_birth",
    ("birth", "slip"): "near_birth",
    ("birth", "day"): "near_birth",
    ("birth", "near"): "near_birth",
    ("birth", "slips"): "near_birth",
    ("birth", "fits"): "birth_agrees",
    ("birth", "nearly_fits"): "other_birth",
    ("birth", "other"): "other_birth",
    ("village", "same"): "same_village",
    ("village", "near"): "near_village",
    ("village", "district"): "same_district",
    ("mother", "same"): "same_mother",
    ("mother", "slip"): "similar_mother",
    ("mother", "slips"): "similar_mother",
    ("mother", "alike"): "similar_mother",
    ("mother", "shorter"): "similar_mother",
    ("mother", "shorter_slip"): "similar_mother",
    ("mother", "other"): "other_mother",
    ("street", "same"): "same_address",
    ("street", "near"): "near_address",
    ("sex", "other"): "other_sex",
}
_ORDER: Final = ("nik", "passport", "phone", "name", "father", "birth", "village", "street", "mother", "sex")


def reasons_of(levels: tuple[int, ...]) -> tuple[str, ...]:
    """The codes of what a comparison found, in the order people look at them."""
    found = {field: LEVELS[field][level] for field, level in zip(FIELDS, levels, strict=True) if level != MISSING}
    said = (_SAID.get((field, found.get(field, ""))) for field in _ORDER)
    return tuple(code for code in said if code)


def words_of(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The reasons in the active language."""
    return tuple(_(REASONS[code]) for code in codes)
