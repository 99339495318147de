# SPDX-License-Identifier: Apache-2.0
"""R21: what matched tests before and after a training show, module by module, women and men below it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reports.monthly.columns import COUNTED, MEASURED
from reports.monthly.figures import MonthlyFigures
from reports.monthly.setting import Setting, Shown
from reports.monthly.training import ALL, GainLine, Training
from reports.monthly.words import NOBODY_TRAINED
from reports.tables.building import with_totals
from reports.tables.model import Cell, Column, Kind, Row, Section, Table, figure
from resource_centre.i18n import N_, _
from resource_centre.services.rules import rule

_MEASURES: Final = ("pairs", "pre", "post", "gain", "low", "high", "improved", "passed")
_MISSING: Final = ("no_first", "no_last", "neither", "unlike")


def tests_section(figures: MonthlyFigures, setting: Setting) -> Section:
    """R21 of the period and of the year so far."""
    trained = (figures.training_month, figures.training_year, figures.training_project)
    this, *longer = setting.without_project
    titles = {this: setting.said(N_("In the month"), N_("In the period"))}
    titles |= {one: _("In the year so far") for one in longer}
    tables = tuple(_gains(trained[one.at], one, title, setting) for one, title in titles.items())
    return Section("R21", _("Tests before and after training"), tables)


def _gains(trained: Training, shown: Shown, title: str, setting: Setting) -> Table:
    key, gain = f"R21.{shown.key}", trained.all_gain
    lines = trained.shown_gains if gain.pairs + gain.untested else ()
    rows = tuple(_gain(key, line, shown, setting) for line in lines)
    table = Table(
        key, title, (_("Module"),), tuple(_columns(shown)), rows, terms=("tests", "sex"), notes=tuple(_notes(lines)),
        empty=_(NOBODY_TRAINED),
    )  # fmt: skip
    counted = [f"{shown.key}.{name}" for name in ("pairs", *_MISSING)]
    return with_totals(with_totals(table, _by_module(lines), columns=counted), _by_sex(lines), columns=counted)


def _columns(shown: Shown) -> Iterator[Column]:
    missing = _("Without a pair")
    heads = (
        _("Pairs"), _("Before"), _("After"), _("Gain"), _("95\u00a0% from"), _("95\u00a0% to"), _("Improved"),
        _("Reached pass mark"),
    )  # fmt: skip
    for name, heading in zip(_MEASURES, heads, strict=True):
        wide = 46 if name in ("improved", "passed") else None
        hxl = f"{COUNTED if name == 'pairs' else MEASURED}+{name}+{shown.key}"
        yield Column(f"{shown.key}.{name}", heading, "", name == "gain", hxl, wide)
    for name, heading in zip(_MISSING, (_("no first"), _("no last"), _("neither"), _("not alike")), strict=True):
        yield Column(f"{shown.key}.{name}", heading, missing, hxl=f"{COUNTED}+{name}+{shown.key}")


def _gain(key: str, line: GainLine, shown: Shown, setting: Setting) -> Row:
    whole, name = line.sex == ALL, _key(line.module, line.sex)
    module = _("All modules") if line.module == ALL else setting.label("module", line.module)
    words = module if whole else setting.label("sex", line.sex)
    kind: Kind = "total" if line.module == ALL and whole else "body" if whole else "quiet"
    cells = _cells(line, f"{key}/{name}/{shown.key}.pairs")
    return Row(name, (words,), tuple(cells), kind, indent=0 if whole else 1)


def _cells(line: GainLine, pairs: str) -> Iterator[Cell]:
    """Every mean and share is made of the pairs."""
    gain = line.gain
    made = {"of": (pairs,), "pairs": gain.pairs}
    yield figure(gain.pairs, "people")
    yield from (figure(value, "mean", decimals=1, **made) for value in (gain.mean_pre, gain.mean_post))
    yield from (figure(value, "points", decimals=1, **made) for value in (gain.mean_gain, gain.low, gain.high))
    yield from (figure(one.percent, "percent", part=one.part, **made) for one in (gain.improved, gain.passed_after))
    lacking = gain.missing
    yield from (figure(count, "people") for count in (lacking.pre, lacking.post, lacking.both, lacking.unlike))


def _key(module: str, sex: str) -> str:
    return module if sex == ALL else f"{module}.{sex}"


def _by_module(lines: tuple[GainLine, ...]) -> dict[str, list[str]]:
    """Each module is its sexes together."""
    modules = dict.fromkeys(line.module for line in lines)
    return {
        module: [_key(module, line.sex) for line in lines if line.module == module and line.sex != ALL]
        for module in modules
        if any(line.module == module and line.sex != ALL for line in lines)
    }


def _by_sex(lines: tuple[GainLine, ...]) -> dict[str, list[str]]:
    """All modules are the modules together, for each sex and for all."""
    sexes = dict.fromkeys(line.sex for line in lines)
    return {
        _key(ALL, sex): [_key(line.module, sex) for line in lines if line.sex == sex and line.module != ALL]
        for sex in sexes
        if any(line.sex == sex and line.module != ALL for line in lines)
    }


def _notes(lines: tuple[GainLine, ...]) -> Iterator[str]:
    if any(line.gain.hidden for line in lines):
        words = _(
            "No mean is printed of fewer than {least} pairs, nor of a line from which such a one could be reckoned."
        )
        yield words.format(least=int(rule("least_matched")))
