# SPDX-License-Identifier: Apache-2.0
"""A month's figures on A4: what a coordinator signs. The paper's language is its own, whatever the screen's is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reports.monthly.figures import MonthlyFigures
from reports.monthly.report import report_of
from reports.paper import draw

Progress = Callable[[str], None]


def draw_monthly_report(
    figures: MonthlyFigures,
    path: Path,
    *,
    language: str,
    centre_name: str = "",
    progress: Progress = lambda _stage: None,
) -> Path:
    """Write the report to `path`, whole or not at all; raises `EnvironmentFailed` when the disk says no.

    `centre_name` overrides the one in the figures. `progress` is told each stage.
    """
    return draw(report_of(figures, language, centre_name=centre_name), path, progress=progress)
