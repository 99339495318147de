# SPDX-License-Identifier: Apache-2.0
"""`resource-centre`: what the windows do, for a terminal and for other programs.

Each command is a module of this folder with `HELP`, `add_arguments(parser)` and `run(options) -> int`. Those modules
import at the top only what is quick to import, because every command's help is built at every start.

Exit codes: 0 done, 1 a rule of the centre says no, 2 called wrongly, 3 disk, file or version stood in the way,
4 a mistake in the program.
"""

from __future__ import annotations

import argparse
import gettext
import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Final, Protocol, cast

from resource_centre.errors import Bug, CentreError, EnvironmentFailed, Refused
from resource_centre.i18n import DEFAULT_LANGUAGE, DOMAIN, LANGUAGES, LOCALE_FOLDER, N_, _, set_language
from ui.cli.sign_in import CalledWrongly

DONE: Final = 0
REFUSED: Final = 1
USAGE: Final = 2
ENVIRONMENT: Final = 3
BUG: Final = 4

# command -> module; the order is the order of the help.
COMMANDS: Final = {
    "demo": "ui.cli.demo",
    "import": "ui.cli.register",
    "report": "ui.cli.report",
    "paper": "ui.cli.paper",
    "duplicates": "ui.cli.duplicates",
    "questionnaire": "ui.cli.questionnaire",
    "doctor": "ui.cli.doctor",
    "backup": "ui.cli.backup",
    "pair": "ui.cli.exchange_pair",
    "send": "ui.cli.exchange_send",
    "receive": "ui.cli.exchange_receive",
    "inspect": "ui.cli.exchange_inspect",
    "conflicts": "ui.cli.exchange_conflicts",
    "selftest": "ui.cli.selftest",
}

# Words of Python's own argparse that a person meets; it looks them up in our catalogue (`_speak`).
ARGPARSE_WORDS: Final = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("expected one argument"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
)


class Command(Protocol):
    """What a command's module offers."""

    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Describe the command's own arguments."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it and return the exit code; raise one of the three families of errors."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _speak(chosen_language(given, os.environ))
    options = _parser().parse_args(given)
    try:
        return int(options.run(options))
    except KeyboardInterrupt:
        return 130
    except Exception as problem:  # the last place that can turn a mistake of ours into words
        if options.debug:
            raise
        return tell(problem)


def chosen_language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language to speak: --language, else the system's; the system's "C" means English."""
    for index, word in enumerate(arguments):
        if word == "--language" and index + 1 < len(arguments):
            return arguments[index + 1]
        if word.startswith("--language="):
            return word.partition("=")[2]
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            code = value.replace(":", "_").replace(".", "_").partition("_")[0]
            return "en" if code in ("C", "POSIX") else code
    return DEFAULT_LANGUAGE


def _speak(language: str) -> None:
    code = language if language in LANGUAGES else DEFAULT_LANGUAGE
    set_language(code)
    # argparse asks Python's own gettext, which goes by the environment.
    os.environ["LANGUAGE"] = code
    gettext.bindtextdomain(DOMAIN, str(LOCALE_FOLDER))
    gettext.textdomain(DOMAIN)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="resource-centre",
        description=_("A migrant resource centre: registers, reports and upkeep from the command line."),
        epilog=_(
            "Exit codes: 0 done, 1 a rule says no, 2 called wrongly, 3 disk, file or version, 4 a mistake of ours."
        ),
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar=_("COMMAND"))
    for name, module in COMMANDS.items():
        command = cast("Command", importlib.import_module(module))
        words = _(command.HELP)
        below = commands.add_parser(name, help=words, description=words)
        below.add_argument(
            "--language", choices=LANGUAGES, metavar="|".join(LANGUAGES), help=_("language of the words and papers")
        )
        below.add_argument("--debug", action="store_true", help=_("show where in the program an error happened"))
        below.set_defaults(run=command.run)
        command.add_arguments(below)
    return parser


def tell(problem: Exception) -> int:
    """Say an error on the error stream; return the exit code of its family."""
    if isinstance(problem, CentreError) and not isinstance(problem, Bug):
        print(problem.words(), file=sys.stderr)
        for one in getattr(problem, "problems", ()):
            print(f"  {one.field}: {one.words()}", file=sys.stderr)
        if isinstance(problem, (Refused, CalledWrongly)):
            return REFUSED if isinstance(problem, Refused) else USAGE
        return ENVIRONMENT
    if isinstance(problem, OSError):
        print(EnvironmentFailed(_code_of(problem)).words(), file=sys.stderr)
        return ENVIRONMENT
    print(_("Sorry, this is a mistake in the program. Nothing was half written."), file=sys.stderr)
    print(_("With --debug the program shows where it happened."), file=sys.stderr)
    return BUG


def _code_of(problem: OSError) -> str:
    """Which of our sentences fits an error of the operating system; its own text may hold a person's name."""
    if isinstance(problem, FileNotFoundError):
        return "file_missing"
    return "cannot_write" if isinstance(problem, (PermissionError, IsADirectoryError)) else "io"


if __name__ == "__main__":
    sys.exit(main())
