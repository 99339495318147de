# SPDX-License-Identifier: Apache-2.0
"""A score never decides about a service: nothing that opens, closes, plans or refuses can even see one."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SERVICES = Path(__file__).parents[2] / "resource_centre" / "services"
ABOUT_SCORES = {
    "answered", "asked_tests", "distributions", "event_ratings", "learning_follow_ups", "scores", "trainer_view",
    "training_needs", "weight_sets",
}  # fmt: skip
"""The services that reckon scores or tell of them; no other may know what somebody scored."""

SCORES = (
    "resource_centre.questionnaires.scoring",
    "resource_centre.services.answered",
    "resource_centre.services.scores",
)


def _imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    return names | {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}


@pytest.mark.parametrize("path", sorted(SERVICES.glob("*.py")), ids=lambda path: path.stem)
def test_no_service_knows_what_somebody_scored(path: Path) -> None:
    if path.stem in ABOUT_SCORES:
        assert _imported(path) & {*SCORES, "resource_centre.questionnaires.weights"}
    else:
        assert _imported(path) & set(SCORES) == set()
