# SPDX-License-Identifier: Apache-2.0
"""Which village a register row means: one answer, or none with the reason and the villages it could be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from resource_centre.i18n import N_
from resource_centre.place_words import (
    HOWS,
    Cell,
    How,
    abbreviations,
    match_name,
    nearest_names,
    read_cell,
    regency_wording,
    region_wordings,
    shortened,
)
from resource_centre.places import Gazetteer, Place, fold_place

#: What each `PlaceMatch.problem` means, for people (translate with `_` when shown).
PLACE_WORDS: Mapping[str, str] = {
    "place_missing": N_("No village is given."),
    "village_unknown": N_("There is no village of this name there."),
    "village_ambiguous": N_("Several villages could be meant."),
    "village_far": N_("The only village of this name lies outside the centre's area, and nothing else is given."),
    "village_elsewhere": N_("A village of this name lies in another district than the one given."),
    "district_unknown": N_("There is no district of this name there."),
    "district_elsewhere": N_("A district of this name lies in another regency than the one given."),
    "regency_unknown": N_("There is no regency or city of this name."),
    "regency_elsewhere": N_("The regency lies in another province than the one given."),
}

_MOST_CANDIDATES = 10
_CACHED_ROWS = 8_192
_CACHED_REGIONS = 4_096


@dataclass(frozen=True)
class PlaceMatch:
    """The village's `code`, or None with a `problem` (a key of `PLACE_WORDS`) and the `candidates` for a person.

    `how` tells how sure the reading is, from "exact" to "misspelt"; `known` is the code of the district, regency or
    province that was understood all the same; `hint_used` when only the centre's own area decided.
    """

    code: str | None
    candidates: tuple[Place, ...] = ()
    problem: str | None = None
    how: How | None = None
    known: str | None = None
    hint_used: bool = False


@dataclass(frozen=True)
class _Scope:
    """Codes in which to look, how sure they are, and the problem that ends the search."""

    codes: tuple[str, ...] | None = None
    how: How = "exact"
    problem: str | None = None
    elsewhere: tuple[str, ...] = ()
    hinted: bool = False


def match_place(
    places: Gazetteer,
    *,
    village: str | None,
    district: str | None,
    regency: str | None,
    province: str | None,
    hints: Sequence[str],
) -> PlaceMatch:
    """See `Gazetteer.match`."""
    cells = (village or "", district or "", regency or "", province or "")
    return _match(places, cells, tuple(hints))


@lru_cache(maxsize=_CACHED_ROWS)
def _match(places: Gazetteer, cells: tuple[str, str, str, str], hints: tuple[str, ...]) -> PlaceMatch:
    village, district, regency, province = cells
    cell = read_cell(village)
    if not cell.village:
        return PlaceMatch(None, problem="place_missing")
    around = _regencies(places, regency or cell.regency or "", province or cell.province or "")
    scope = around if around.problem else _districts(places, region_wordings(district or cell.district), around, hints)
    if scope.problem:
        return _refused(places, cell, scope, around)
    found = _village(places, cell, scope, around, bool(district or cell.district))
    if found.problem == "village_unknown" and len(own := _own(scope, hints)) == 1:
        # Of several districts of this name the one in the centre's own area is the one to read a slip in.
        near = _village(places, cell, _Scope(own, scope.how, hinted=True), around, bool(district or cell.district))
        found = near if near.code else found
    return _settled(places, found, scope, hints)


def _own(scope: _Scope, hints: Sequence[str]) -> tuple[str, ...]:
    """Those of several districts that lie in the centre's own area."""
    several = scope.codes if hints and scope.codes and len(scope.codes) > 1 else ()
    return tuple(code for code in several if _within(code, hints))


@lru_cache(maxsize=_CACHED_REGIONS)
def _regencies(places: Gazetteer, regency: str, province: str) -> _Scope:
    """Where the regency and province cells say to look; everywhere when they are empty."""
    provinces = _provinces(places, province) if province else None
    wording, kind = regency_wording(regency)
    own_province = abbreviations()["province"].get(wording)
    names = _names(places, 5)
    if own_province and not match_name((wording,), names, loosest="exact")[0]:
        # "NTB" in the regency's column limits nothing but the province.
        provinces, wording = provinces or [own_province], ""
    if not wording:
        return _Scope(tuple(provinces) if provinces else None)
    codes, how = _regency_codes(wording, names)
    codes = [code for code in codes if kind is None or (kind == "city") == _is_city(places, code)] or codes
    if not codes:
        return _Scope(problem="regency_unknown")
    inside = [code for code in codes if provinces is None or code[:2] in provinces]
    if not inside:
        return _Scope(problem="regency_elsewhere", elsewhere=tuple(codes))
    return _Scope(tuple(inside), how or "exact")


def _regency_codes(wording: str, names: Sequence[tuple[str, str]]) -> tuple[list[str], How | None]:
    known = abbreviations()["regency"].get(wording)
    codes, how = match_name((wording,), names, loosest="spelling")
    if codes or known:
        return (codes, how) if codes else ([known or ""], "abbreviated")
    short = shortened(wording, names)
    if len(short) == 1:
        return short, "abbreviated"
    codes, how = match_name((wording,), names)
    one = len({name for code, name in names if code in codes}) == 1
    return (codes, how) if one or how != "misspelt" else ([], None)


def _provinces(places: Gazetteer, text: str) -> list[str] | None:
    """Codes of the province cell; None (no limit) when it is not understood, for it decides nothing alone."""
    wordings = region_wordings(text)
    known = [abbreviations()["province"][wording] for wording in wordings if wording in abbreviations()["province"]]
    return known or match_name(wordings, _names(places, 2))[0] or None


@lru_cache(maxsize=_CACHED_REGIONS)
def _districts(places: Gazetteer, wordings: tuple[str, ...], around: _Scope, hints: tuple[str, ...]) -> _Scope:
    """Which districts the cell names inside the regencies, or why it contradicts them."""
    if not wordings:
        return around
    everywhere = _names(places, 8)
    inside = _districts_in(places, around.codes)
    codes, how = match_name(wordings, inside, loosest="abbreviated")
    if codes:
        return _Scope(tuple(codes), _looser(how, around.how))
    elsewhere, _ = match_name(wordings, everywhere, loosest="spelling")
    near = {code[:2] for code in around.codes or ()}
    if around.codes is not None and any(code[:2] in near for code in elsewhere):
        return _Scope(problem="district_elsewhere", elsewhere=tuple(elsewhere))
    # A slip in a district's name is read only where the regency, or the centre's own, limits what it can be.
    limits = around.codes or (hints if not elsewhere else ())
    codes = match_name(wordings, _districts_in(places, limits))[0] if limits else []
    if len(codes) == 1:
        return _Scope(tuple(codes), "misspelt", hinted=around.codes is None)
    return _Scope(problem="district_elsewhere" if elsewhere else "district_unknown", elsewhere=tuple(elsewhere))


def _village(places: Gazetteer, cell: Cell, scope: _Scope, around: _Scope, in_district: bool) -> PlaceMatch:
    if scope.codes is None:
        codes = next((found for found in map(places.villages_called, cell.village) if found), [])
        return _answer(places, codes, "exact", "village_unknown")
    names = [pair for code in scope.codes for pair in _villages(places, code)]
    codes, how = match_name(cell.village, names, loosest="abbreviated")
    if codes:
        return _answer(places, codes, _looser(how, scope.how), "")
    wider = around.codes or tuple({code[:5] for code in scope.codes})
    neighbours = [pair for code in wider for pair in _villages(places, code)] if in_district else []
    elsewhere, _ = match_name(cell.village, neighbours, loosest="spelling")
    if elsewhere:
        return PlaceMatch(None, _places(places, elsewhere), "village_elsewhere")
    codes, how = match_name(cell.village, names)
    if len(codes) == 1 and _narrow(scope):
        return _answer(places, codes, "misspelt", "")
    near = codes or nearest_names(min(cell.village[:2], key=len), names, _MOST_CANDIDATES)
    return PlaceMatch(None, _places(places, near or _called(places, cell, wider[0][:2])), "village_unknown")


def _answer(places: Gazetteer, codes: list[str], how: How | None, otherwise: str) -> PlaceMatch:
    if len(codes) == 1:
        return PlaceMatch(codes[0], (), None, how, known=codes[0])
    problem = "village_ambiguous" if codes else otherwise
    return PlaceMatch(None, _places(places, codes, None), problem, how)


def _settled(places: Gazetteer, found: PlaceMatch, scope: _Scope, hints: tuple[str, ...]) -> PlaceMatch:
    """Let the centre's own area decide between villages of one name, and say what else was understood."""
    if found.problem == "village_ambiguous":
        own = [place for place in found.candidates if _within(place.code, hints or None)] if hints else []
        if len(own) == 1:
            code = own[0].code
            return replace(found, code=code, candidates=(), problem=None, known=code, hint_used=True)
        # The centre's own come first; a person who must choose looks at the beginning.
        others = [place for place in found.candidates if place not in own]
        found = replace(found, candidates=tuple((own + others)[:_MOST_CANDIDATES]))
    if found.code and hints and not _narrowed(scope) and not _within(found.code, hints):
        found = PlaceMatch(None, _places(places, [found.code]), "village_far", found.how)
    if found.code:
        return replace(found, hint_used=True) if scope.hinted else found
    known = scope.codes[0] if scope.codes is not None and len(scope.codes) == 1 else None
    return replace(found, known=known) if known else found


def _refused(places: Gazetteer, cell: Cell, scope: _Scope, around: _Scope) -> PlaceMatch:
    """No code where the row contradicts itself; the villages of that name nearby are offered."""
    wider = around.codes or tuple({code[:5] for code in scope.elsewhere})
    names = [pair for code in wider for pair in _villages(places, code)]
    codes, _ = match_name(cell.village, names, loosest="abbreviated")
    for code in scope.elsewhere:
        codes = [*codes, *match_name(cell.village, _villages(places, code), loosest="abbreviated")[0]]
    codes = codes or _called(places, cell, "")
    known = around.codes[0] if around.codes is not None and len(around.codes) == 1 else None
    return PlaceMatch(None, _places(places, dict.fromkeys(codes)), scope.problem, known=known)


def _called(places: Gazetteer, cell: Cell, province: str) -> list[str]:
    called = next((found for found in map(places.villages_called, cell.village) if found), [])
    return [code for code in called if code.startswith(province)]


def _narrowed(scope: _Scope) -> bool:
    """Whether a district or regency was given, not only a province or nothing."""
    return scope.codes is not None and all(len(code) > 2 for code in scope.codes)


def _narrow(scope: _Scope) -> bool:
    """Whether a misspelt village may be read here: inside one district or one regency, never a province."""
    return _narrowed(scope) and len(scope.codes or ()) == 1


def _within(code: str, codes: Iterable[str] | None) -> bool:
    return codes is None or any(code == outer or code.startswith(f"{outer}.") for outer in codes)


def _looser(one: How | None, other: How | None) -> How:
    return max(one or "exact", other or "exact", key=HOWS.index)


def _is_city(places: Gazetteer, code: str) -> bool:
    return places.name(code).startswith("Kota ")


def _places(places: Gazetteer, codes: Iterable[str], limit: int | None = _MOST_CANDIDATES) -> tuple[Place, ...]:
    return tuple(place for place in map(places.place, list(codes)[:limit]) if place)


@lru_cache(maxsize=_CACHED_REGIONS)
def _districts_in(places: Gazetteer, codes: tuple[str, ...] | None) -> tuple[tuple[str, str], ...]:
    return tuple(pair for pair in _names(places, 8) if _within(pair[0], codes))


@lru_cache(maxsize=1_024)
def _villages(places: Gazetteer, code: str) -> tuple[tuple[str, str], ...]:
    return tuple(places.villages_below(code))


@lru_cache(maxsize=4)
def _names(places: Gazetteer, length: int) -> tuple[tuple[str, str], ...]:
    """Code and folded name of all provinces (2), regencies (5, without their kind) or districts (8)."""
    upper = [(code, fold_place(name)) for code, name in places.upper_places() if len(code) == length]
    if length != 5:
        return tuple(upper)
    return tuple((code, regency_wording(name)[0].removeprefix("administrasi ")) for code, name in upper)
