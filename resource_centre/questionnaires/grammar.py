# SPDX-License-Identifier: Apache-2.0
"""XPath 1.0 with the functions of ODK, read by elementpath; what reaches outside the form has no place in it.

Only the grammar is elementpath's: nothing of an expression is ever asked while it is read.
"""

from __future__ import annotations

import re
from typing import Any, Final

from elementpath.exceptions import ElementPathError
from elementpath.tdop import Parser
from elementpath.xpath1 import XPath1Parser

from resource_centre.questionnaires.expression_limits import DEEPEST, LONGEST
from resource_centre.questionnaires.functions import FUNCTIONS
from resource_centre.questionnaires.refusals import FormRefused

Token = Any
"""A token of elementpath's tree: `symbol`, `value`, and its operands by index."""

PREFIXED: Final = ("jr:choice-name", "jr:itext")
"""Functions whose names ODK gives a prefix; read with a hyphen in its place."""

FORBIDDEN: Final = frozenset(
    {"available-environment-variables", "collection", "doc", "doc-available", "document", "environment-variable"}
    | {"function-available", "function-lookup", "id", "load-xquery-module", "parse-xml", "parse-xml-fragment"}
    | {"serialize", "system-property", "transform", "unparsed-entity-uri", "unparsed-text", "unparsed-text-available"}
    | {"json-doc", "unparsed-text-lines", "uri-collection", "put", "eval", "evaluate", "dynamic-evaluate"}
)
"""Functions of other XPaths that open files, addresses or the program's surroundings."""

AXES: Final = frozenset(
    {"child", "parent", "self", "descendant", "descendant-or-self", "ancestor", "ancestor-or-self"}
    | {"following-sibling", "preceding-sibling"}
)

_OPERATORS: Final = frozenset({"or", "and", "div", "mod"})
_KEPT: Final = frozenset(
    {"=", "!=", "<", ">", "<=", ">=", "+", "-", "*", "|", "/", "//", "[", "]", "(", ")", ",", "::", ".", "..", "node"}
    | {"(start)", "(end)", "(invalid)", "(unknown)", "(string)", "(float)", "(decimal)", "(integer)", "(name)"}
    | _OPERATORS
    | AXES
)
_PIECES = re.compile(r"'[^']*'|\"[^\"]*\"|[^'\"\s]+|\s+|['\"]")
_CALLS = re.compile(r"([^\W\d][\w.\-]*(?::[\w.\-]+)?)\s?\(")
_CLOSE_OPERATOR = re.compile(r"(?<![\w.])(?<!\w-)([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?=(?:and|or|div|mod)\b)")
_AXIS = re.compile(r"([^\W\d][\w.\-]*)\s?::")


class OdkParser(XPath1Parser):
    """The grammar; its functions are those of functions.FUNCTIONS, each with how many values it takes."""

    # XPath lets a path go on from any set of nodes, elementpath's first version only from steps.
    PATH_STEP_SYMBOLS = XPath1Parser.PATH_STEP_SYMBOLS | {"(", "current", "indexed-repeat", "instance", "randomize"}


def _prepare() -> None:
    for symbol in set(OdkParser.symbol_table) - _KEPT:
        del OdkParser.symbol_table[symbol]
    for name, known in FUNCTIONS.items():
        least, most = known.takes
        OdkParser.function(name.replace(":", "-"), nargs=0 if most == 0 else (least, most))
    OdkParser.build()


_prepare()


def parse(text: str) -> Token:
    """The tree of an expression. Raises FormRefused: too_long, too_deep, unknown_function, ... or syntax."""
    if len(text) > LONGEST:
        raise FormRefused("too_long")
    plain = _plain(text)
    try:
        return _parsed(plain)
    except RecursionError:
        raise FormRefused("too_deep") from None
    except (ElementPathError, SyntaxError, ArithmeticError, AssertionError, ValueError, TypeError) as error:
        named = re.search(r"'(?:fn:)?([\w.\-]+)' function|function '([\w.\-]+)'", str(error))
        if "XPST0017" in str(error) and named is not None:
            raise FormRefused("wrong_arguments", name=_shown(named[1] or named[2])) from None
        raise FormRefused("syntax") from None


def _parsed(text: str) -> Token:
    # XPath1Parser.parse would already work out parts of it.
    return Parser.parse(OdkParser(), text)


def _shown(name: str) -> str:
    return next((one for one in PREFIXED if one.replace(":", "-") == name), name)


def _plain(text: str) -> str:
    """The expression with single blanks and without prefixes, once it is seen that it asks for nothing unknown."""
    pieces: list[str] = []
    depth = 0
    for piece in _PIECES.findall(text):
        if piece[0] in "'\"":
            pieces.append(piece)
            continue
        pieces.append(" " if piece.isspace() else piece)
        depth += piece.count("(") + piece.count("[")
        if depth > DEEPEST:
            raise FormRefused("too_deep")
        depth -= piece.count(")") + piece.count("]")
    _check_names("".join("''" if piece[0] in "'\"" else piece for piece in pieces))
    return "".join(piece if piece[0] in "'\"" else _unprefixed(piece) for piece in pieces)


def _unprefixed(piece: str) -> str:
    for name in PREFIXED:
        piece = piece.replace(name, name.replace(":", "-"))
    # XPath reads 4and as two tokens.
    return _CLOSE_OPERATOR.sub(r"\1 ", piece)


def _check_names(outside_of_texts: str) -> None:
    for name in _CALLS.findall(outside_of_texts):
        if name in FORBIDDEN or name.rpartition(":")[2] in FORBIDDEN:
            raise FormRefused("forbidden_function", name=name)
        if name not in FUNCTIONS and name not in _OPERATORS and name != "node" and not name.endswith("::node"):
            raise FormRefused("unknown_function", name=name)
    for name in _AXIS.findall(outside_of_texts):
        if name not in AXES:
            raise FormRefused("unknown_axis", name=name)
    if "(:" in outside_of_texts:
        raise FormRefused("syntax")
