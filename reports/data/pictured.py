# SPDX-License-Identifier: Apache-2.0
"""The figures of charts as they may be told."""

from __future__ import annotations

from reports.tables.model import CellId, ChartSeries


def points(series: ChartSeries, hidden: frozenset[CellId]) -> tuple[float | None, ...]:
    """A value for each label; None where there is none and where the figure itself is left out of the tables."""
    keys = series.of or ("",) * len(series.values)
    if len(keys) != len(series.values):
        return (None,) * len(series.values) if hidden.intersection(keys) else series.values
    return tuple(None if key in hidden else value for key, value in zip(keys, series.values, strict=True))
