# SPDX-License-Identifier: Apache-2.0
"""The Python Record Linkage Toolkit on a list; it does not come with this project."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

from bench.people_lists import Pairs, pair_of
from bench.rivals import EXACT, NUMBERS, TEXTS, Rows, best_of, columns, frame

ALIKE: Final = 0.85
AGREEING: Final = 3
"""Of its manual's example: more fields than this agree."""


def as_in_its_manual(rows: Rows, _true: Pairs) -> Pairs:
    """Its example of finding duplicates: one block, names alike from 0.85, the rest the same, more than three agree."""
    toolkit = import_module("recordlinkage")
    people = frame(rows).set_index("unique_id")
    indexer = toolkit.Index()
    indexer.block("given_name")
    compare = toolkit.Compare()
    compare.exact("given_name", "given_name")
    compare.string("surname", "surname", method="jarowinkler", threshold=ALIKE)
    for field in columns(rows, ("birth", "village", "state", "sex", "nik")):
        compare.exact(field, field)
    for field in columns(rows, ("street", "mother")):
        compare.string(field, field, method="jarowinkler", threshold=ALIKE)
    features = compare.compute(indexer.index(people), people)
    return _pairs(features[features.sum(axis=1) > AGREEING].index)


def tuned(rows: Rows, true: Pairs) -> Pairs:
    """Blocks on every column with many values, as many columns alike as turns out best."""
    whole = _features(rows).sum(axis=1)
    return best_of(((score, pair_of(*pair)) for pair, score in whole.items()), true)


def told_half(rows: Rows, true: Pairs) -> Pairs:
    """The same columns and blocks, weighed by logistic regression that was shown the answers of half the pairs."""
    toolkit, features = import_module("recordlinkage"), _features(rows)
    shown = features.sample(frac=0.5, random_state=1)
    right = [pair_of(*pair) in true for pair in shown.index]
    if all(right):
        return _pairs(features.index)
    judge = toolkit.LogisticRegressionClassifier()
    judge.fit(shown, shown[right].index)
    return _pairs(judge.predict(features))


def _features(rows: Rows) -> Any:
    toolkit = import_module("recordlinkage")
    people = frame(rows).set_index("unique_id")
    found = None
    for fields in _blocks(rows):
        indexer = toolkit.Index()
        indexer.block(fields)
        pairs = indexer.index(people)
        found = pairs if found is None else found.union(pairs)
    compare = toolkit.Compare()
    for field in columns(rows, ("given_name", "surname", *TEXTS)):
        compare.string(field, field, method="jarowinkler", threshold=ALIKE)
    for field in columns(rows, ("birth", *NUMBERS)):
        compare.string(field, field, method="damerau_levenshtein", threshold=ALIKE)
    for field in columns(rows, EXACT):
        compare.exact(field, field)
    return compare.compute(found, people).fillna(0)


def _blocks(rows: Rows) -> list[list[str]]:
    wanted = [["given_name", "surname"], ["given_name", "birth"], ["surname", "birth"], ["birth", "village"]]
    wanted += [["given_name", "village"], ["surname", "village"], ["nik"], ["passport"], ["phone"]]
    return [fields for fields in wanted if all(field in rows for field in fields)]


def _pairs(index: Any) -> Pairs:
    return {pair_of(one, other) for one, other in index}
