# SPDX-License-Identifier: Apache-2.0
"""The functions an expression may call, each once: what it takes, what it gives, and how it is worked out.

Documented at docs.getodk.org/form-operators-functions and in the ODK XForms specification; where the two differ,
JavaRosa, on which ODK Collect and KoboCollect run, decides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal

Kind = Literal["text", "number", "truth", "nodes", "any"]
"""What a value is known to be before anything is asked."""


@dataclass(frozen=True)
class Function:
    """`takes` are the least and the most values, None for any number. `parameters` say what each is turned into
    before `work` is called with the Asking and all of them; the last one holds for all that follow. A function whose
    `work` is None is compiled by itself (compiling.SPECIAL).
    """

    name: str
    gives: Kind
    takes: tuple[int, int | None]
    parameters: tuple[Kind, ...] = ()
    work: Callable[..., Any] | None = None
    volatile: bool = False
    """Whether it may give something else each time, whatever the answers."""


FUNCTIONS: Final[dict[str, Function]] = {}
"""By name, as ODK writes it."""


def function(
    name: str, gives: Kind, *parameters: Kind, least: int | None = None, more: bool = False, volatile: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Enter a function. `least` is for those that may be called with fewer; `more` with any number of the last."""

    def enter(work: Callable[..., Any]) -> Callable[..., Any]:
        takes = (len(parameters) if least is None else least, None if more else len(parameters))
        FUNCTIONS[name] = Function(name, gives, takes, parameters, work, volatile)
        return work

    return enter


def special(name: str, gives: Kind, least: int, most: int | None) -> None:
    """Enter a function that is compiled by itself, because it does not ask all of its values or reads paths."""
    FUNCTIONS[name] = Function(name, gives, (least, most))


for _name, _gives, _least, _most in (
    ("if", "any", 3, 3),
    ("coalesce", "any", 2, None),
    ("once", "any", 1, 1),
    ("position", "number", 0, 1),
    ("last", "number", 0, 0),
    ("current", "nodes", 0, 0),
    ("instance", "nodes", 1, 1),
    ("indexed-repeat", "nodes", 3, 7),
    ("pulldata", "text", 4, 4),
    ("jr:choice-name", "text", 2, 2),
    ("string-length", "number", 0, 1),
    ("normalize-space", "text", 0, 1),
    ("string", "text", 0, 1),
    ("number", "number", 0, 1),
):
    special(_name, _gives, _least, _most)  # type: ignore[arg-type]
