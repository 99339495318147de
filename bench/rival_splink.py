# SPDX-License-Identifier: Apache-2.0
"""Splink on a list; it does not come with this project."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

from bench.people_lists import Pairs, pair_of
from bench.rivals import EXACT, NUMBERS, TEXTS, Rows, best_of, columns, frame

THRESHOLD: Final = 0.5
LEAST: Final = 0.01
"""Chance below which a pair is not looked at at all."""
RECALL: Final = 0.6
"""Guessed share of true pairs its deterministic rules find, as its examples guess it."""
SURE: Final = (("given_name", "surname", "birth"), ("nik",), ("passport",))


Scored = tuple[float, tuple[str, str]]


def as_in_its_manual(rows: Rows, _true: Pairs) -> Pairs:
    """Its example for the same FEBRL lists: names, date of birth, number and place, each by its own comparison."""
    compared = columns(rows, ("village", "postcode", "street", "nik", "sex"))
    blocks = (("nik",), ("birth",), ("given_name", "surname"), ("surname", "village"), ("given_name", "village"))
    return {pair for chance, pair in _scored(rows, compared, blocks, common=False) if chance >= THRESHOLD}


def tuned(rows: Rows, true: Pairs) -> Pairs:
    """Every column compared, how common a value is taken into account, more blocks, the best threshold."""
    compared = columns(rows, (*NUMBERS, *TEXTS, *EXACT))
    blocks = (
        ("nik",), ("passport",), ("phone",), ("birth",), ("given_name", "surname"), ("surname", "village"),
        ("given_name", "village"), ("mother", "given_name"), ("street", "village"), ("surname", "postcode"),
    )  # fmt: skip
    return best_of(_scored(rows, compared, blocks, common=True), true)


def _scored(rows: Rows, compared: list[str], blocks: tuple[tuple[str, ...], ...], *, common: bool) -> list[Scored]:
    splink = import_module("splink")
    library = import_module("splink.comparison_library")
    names = [library.NameComparison(field) for field in ("given_name", "surname")]
    if common:
        names = [one.configure(term_frequency_adjustments=True) for one in names]
    birth = library.DateOfBirthComparison("birth", input_is_string=True, datetime_format="%Y-%m-%d")
    settings = splink.SettingsCreator(
        link_type="dedupe_only",
        comparisons=[*names, birth, *(_comparison(library, field, common) for field in compared)],
        blocking_rules_to_generate_predictions=[splink.block_on(*one) for one in _here(rows, blocks)],
    )
    linker = splink.Linker(splink.DuckDBAPI().register(frame(rows)), settings, log_level=40)
    sure = [splink.block_on(*one) for one in _here(rows, SURE)]
    linker.training.estimate_probability_two_random_records_match(sure, recall=RECALL)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for fields in (("birth",), ("given_name", "surname")):
        _learn(linker, splink.block_on(*fields))
    found = linker.inference.predict(threshold_match_probability=LEAST).as_pandas_dataframe()
    pairs = map(pair_of, found["unique_id_l"], found["unique_id_r"])
    return list(zip(found["match_weight"] if common else found["match_probability"], pairs, strict=True))


def _learn(linker: Any, rule: Any) -> None:
    everybody = {"record_sample_proportion": 1.0}
    linker.training.estimate_parameters_using_expectation_maximisation(rule, **everybody)


def _comparison(library: Any, field: str, common: bool) -> Any:
    if field in EXACT:
        return library.ExactMatch(field)
    if field in NUMBERS:
        return library.DamerauLevenshteinAtThresholds(field, [1, 2])
    found = library.JaroWinklerAtThresholds(field, [0.9, 0.7])
    return found.configure(term_frequency_adjustments=True) if common else found


def _here(rows: Rows, wanted: tuple[tuple[str, ...], ...]) -> list[tuple[str, ...]]:
    return [fields for fields in wanted if all(field in rows for field in fields)]
