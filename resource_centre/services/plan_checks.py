# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a plan and its actions, taken as a whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from resource_centre.problems import Problem


def check_plan(values: Mapping[str, Any], _on: dt.date) -> Iterable[Problem]:
    """A plan is not reviewed before it was made."""
    yield from _after(values, "made_on", "review_on")


def check_action(values: Mapping[str, Any], _on: dt.date) -> Iterable[Problem]:
    """An action is neither due nor done before it starts."""
    yield from _after(values, "starts_on", "due_on", "done_on")


def _after(values: Mapping[str, Any], start: str, *ends: str) -> Iterable[Problem]:
    for name in ends:
        if values.get(name) and values.get(start) and values[name] < values[start]:
            yield Problem(name, "ends_before_start")
