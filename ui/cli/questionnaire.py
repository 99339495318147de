# SPDX-License-Identifier: Apache-2.0
"""`resource-centre questionnaire`: look over, score, write and take in questionnaires, one action each.

Each action is a module with `HELP`, `add_arguments(parser)` and `run(options) -> int`, like a command.
"""

from __future__ import annotations

import argparse
import importlib
from typing import TYPE_CHECKING, Final, cast

from resource_centre.i18n import LANGUAGES, N_, _

if TYPE_CHECKING:
    from ui.cli.main import Command

HELP: Final = N_("check a questionnaire, print it, take answers in and give them out")

# action -> its module; the order is the order of the help.
ACTIONS: Final = {
    "check": "ui.cli.questionnaire_check",
    "score": "ui.cli.questionnaire_score",
    "print": "ui.cli.questionnaire_print",
    "form": "ui.cli.questionnaire_form",
    "export": "ui.cli.questionnaire_export",
    "import": "ui.cli.questionnaire_import",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which action, and what it needs."""
    actions = parser.add_subparsers(dest="action", required=True, metavar=_("ACTION"))
    for name, module in ACTIONS.items():
        action = cast("Command", importlib.import_module(module))
        words = _(action.HELP)
        below = actions.add_parser(name, help=words, description=words)
        # What every command takes may stand behind the action too.
        below.add_argument("--language", choices=LANGUAGES, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        below.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        below.set_defaults(act=action.run)
        action.add_arguments(below)


def run(options: argparse.Namespace) -> int:
    """Do the action."""
    return int(options.act(options))
