# SPDX-License-Identifier: Apache-2.0
"""`resource-centre import`: look at a register, take it in, undo it."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from resource_centre.errors import EnvironmentFailed
from resource_centre.i18n import N_, _, ngettext
from ui.cli import sign_in

if TYPE_CHECKING:
    from resource_centre.registers.importing import Imported
    from resource_centre.registers.rows import SheetReport, Understood
    from resource_centre.registers.tables import Mapping_

HELP = N_("take in a register from a spreadsheet, or look at what it says")

MOST_PROBLEMS: Final = 40
"""Problems shown on the screen; the file written with --json has them all."""

KINDS: Final = {
    "register": N_("register of returnees"),
    "counselling": N_("counselling log"),
    "training": N_("training attendance"),
}
COUNTS: Final = {
    "rows": N_("rows read"),
    "people": N_("people"),
    "new": N_("new"),
    "known": N_("about somebody already known"),
    "likely_duplicate": N_("about somebody who may be known: a person decides"),
    "imported": N_("taken in before"),
    "repeated": N_("the same line twice"),
    "incomplete": N_("too little to write anything"),
    "problems": N_("cells to settle or look at"),
    "left_out": N_("lines that are about nobody"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this command."""
    parser.add_argument("file", nargs="?", type=Path, metavar=_("FILE"), help=_("the register: .xlsx or .csv"))
    sign_in.add_arguments(parser)
    parser.add_argument("--dry-run", action="store_true", help=_("only say what would be done; needs no centre"))
    parser.add_argument(
        "--json", type=Path, metavar=_("FILE"), help=_("write everything that was understood to this file")
    )
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar=_("HEADING=FIELD"),
        help=_("say what a column is (for example 'Tgl Datang=reported'); remembered for the next file"),
    )
    parser.add_argument(
        "--phone-form",
        type=Path,
        metavar=_("FILE"),
        help=_("write the form for KoboToolbox or ODK (.xlsx) whose answers are taken in like a register"),
    )
    parser.add_argument(
        "--village",
        action="append",
        default=[],
        metavar=_("CODE"),
        help=_("with --phone-form: a village the form is for; may be given several times"),
    )
    parser.add_argument("--undo", metavar=_("IMPORT"), help=_("mark everything an import has written as not valid"))


def run(options: argparse.Namespace) -> int:
    """Look, take in or undo."""
    if options.undo:
        return _undo(options)
    if options.phone_form is not None:
        return _write_form(options)
    if options.file is None:
        raise sign_in.CalledWrongly("which_file")
    mappings = list(_mappings(options.column))
    if options.dry_run and options.centre is None:
        from dataclasses import replace

        from resource_centre.registers.read import Circumstances, read_register

        _show(read_register(options.file, replace(Circumstances(), mappings=tuple(mappings))), options)
        return 0
    return _with_centre(options, mappings)


def _with_centre(options: argparse.Namespace, mappings: list[Mapping_]) -> int:
    from resource_centre.registers.files import read_book
    from resource_centre.registers.importing import preview, remember_mappings, write_understood

    book = read_book(options.file)
    with sign_in.open_centre(options) as centre:
        if options.dry_run:
            with centre.read() as session:
                _show(preview(session, book, mappings), options)
            return 0
        with centre.change() as session:
            understood = preview(session, book, mappings)
            done = write_understood(session, understood)
            remember_mappings(session, understood, mappings)
        _show(understood, options)
        _say_done(done)
    return 0


def _undo(options: argparse.Namespace) -> int:
    from resource_centre.registers.importing import undo_import

    with sign_in.open_centre(options) as centre, centre.change() as session:
        undone = undo_import(session, options.undo)
    text = ngettext("{n} record is no longer valid.", "{n} records are no longer valid.", undone.voided)
    print(text.format(n=undone.voided))
    if undone.people_kept:
        kept = ngettext(
            "{n} person has been back since and stays.", "{n} people have been back since and stay.", undone.people_kept
        )
        print(kept.format(n=undone.people_kept))
    return 0


def _write_form(options: argparse.Namespace) -> int:
    from db.files import write_whole
    from resource_centre.registers.village_form import village_workbook

    write_whole(options.phone_form, village_workbook(options.village))
    print(_("Form written: {file}").format(file=options.phone_form))
    return 0


def _mappings(given: Sequence[str]) -> Iterator[Mapping_]:
    """Each HEADING=FIELD as a mapping of its own, so that it holds for every sheet with such a column."""
    from resource_centre.registers.tables import Mapping_

    for one in given:
        heading, equals, field = one.rpartition("=")
        if not equals or not heading.strip():
            raise sign_in.CalledWrongly("column")
        yield Mapping_(fields={heading.strip(): field.strip()})


def _show(understood: Understood, options: argparse.Namespace) -> None:
    if options.json is not None:
        _write_json(options.json, understood.as_json())
    for sheet in understood.sheets:
        print(_sheet_line(sheet))
    print()
    counts = understood.counts()
    for name, label in COUNTS.items():
        if counts[name] or name in {"rows", "new"}:
            print(f"{counts[name]:7d}  {_(label)}")
    _show_problems(understood)


def _sheet_line(sheet: SheetReport) -> str:
    if sheet.hidden:
        return _("{sheet}: a hidden sheet, left out").format(sheet=sheet.name)
    if sheet.kind is None or sheet.heading_rows is None:
        return _("{sheet}: no table recognised").format(sheet=sheet.name)
    text = _("{sheet}: {kind}, headings in line {line}, {n} rows").format(
        sheet=sheet.name, kind=_(KINDS[sheet.kind]), line=sheet.heading_rows[0], n=sheet.rows
    )
    unknown = ", ".join(column.heading for column in sheet.unknown)
    return f"{text}; {_('columns not recognised: {names}').format(names=unknown)}" if unknown else text


def _show_problems(understood: Understood) -> None:
    """Sheet, line, column and what is wrong; never what stands in the cell."""
    lines = [
        f"  {row.sheet} {row.row} {_column(problem.as_json()['column'])} {problem.heading}: {problem.words()}"
        for row in understood.rows
        for problem in row.problems
    ]
    _print_some(_("To settle or look at:"), lines)


def _column(letters: Any) -> str:
    return str(letters or "-")


def _print_some(title: str, lines: Iterable[str]) -> None:
    several = list(lines)
    if not several:
        return
    print(f"\n{title}")
    print("\n".join(several[:MOST_PROBLEMS]))
    if len(several) > MOST_PROBLEMS:
        print("  " + _("and {n} more; --json writes them all").format(n=len(several) - MOST_PROBLEMS))


def _say_done(done: Imported) -> None:
    if done.batch_id is None:
        print(_("Nothing new in this file; nothing was changed."))
        return
    print(_("Taken in as import {number}. To undo it: --undo {number}").format(number=done.batch_id))


def _write_json(path: Path, content: dict[str, Any]) -> None:
    """Write the answer whole or not at all."""
    text = json.dumps(content, ensure_ascii=False, indent=1)
    if str(path) == "-":
        sys.stdout.write(text + "\n")
        return
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as reason:
        beside.unlink(missing_ok=True)
        raise EnvironmentFailed("cannot_write") from reason
