# SPDX-License-Identifier: Apache-2.0
"""Calls of functions, compiled; those that do not ask all of their values, or take paths as such, each for itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from resource_centre.questionnaires.asking import Asking
from resource_centre.questionnaires.compiling import (
    Compiler,
    Part,
    Work,
    as_nodes,
    as_number,
    as_text,
    as_truth,
)
from resource_centre.questionnaires.conversions import Value, string_of, text_of
from resource_centre.questionnaires.function_table import FUNCTIONS, Function, Kind
from resource_centre.questionnaires.grammar import PREFIXED, Token
from resource_centre.questionnaires.nodes import Node
from resource_centre.questionnaires.refusals import FormRefused

Where = tuple[str, ...] | None
_PREFIXED: Final = {name.replace(":", "-"): name for name in PREFIXED}


def call(compiler: Compiler, token: Token, here: Where) -> Part:
    """Compile the call of a function."""
    name = _PREFIXED.get(token.symbol, token.symbol)
    known = FUNCTIONS.get(name)
    if known is None:
        raise FormRefused("syntax")
    compiler.volatile |= known.volatile and not (name == "randomize" and len(token) == 2)
    if known.work is None:
        return SPECIAL[name](compiler, token, here)
    values = tuple(_value(known, number, compiler.part(one, here)) for number, one in enumerate(token))
    return Part(_worked(known, values), known.gives)


def _value(known: Function, number: int, part: Part) -> Work:
    wanted: Kind = known.parameters[min(number, len(known.parameters) - 1)]
    if wanted == "nodes":
        return as_nodes(part, known.name)
    if wanted == "any":
        return part.work
    return {"text": as_text, "number": as_number, "truth": as_truth}[wanted](part)


def _worked(known: Function, values: tuple[Work, ...]) -> Work:
    work = known.work
    assert work is not None
    if not values:
        return work
    if len(values) == 1:
        only = values[0]
        return lambda asking: work(asking, only(asking))
    if len(values) == 2:
        one, other = values
        return lambda asking: work(asking, one(asking), other(asking))
    return lambda asking: work(asking, *[value(asking) for value in values])


def _if(compiler: Compiler, token: Token, here: Where) -> Part:
    truth = as_truth(compiler.part(token[0], here))
    yes, no = compiler.part(token[1], here), compiler.part(token[2], here)
    then, otherwise = yes.work, no.work
    kind = yes.kind if yes.kind == no.kind else "any"
    return Part(lambda asking: then(asking) if truth(asking) else otherwise(asking), kind)


def _coalesce(compiler: Compiler, token: Token, here: Where) -> Part:
    works = tuple(compiler.part(one, here).work for one in token)

    def first(asking: Asking) -> Value:
        value: Value = ""
        for work in works:
            value = work(asking)
            if string_of(value) not in {"", "NaN"}:
                return value
        return "" if string_of(value) == "NaN" else value

    return Part(first, "any")


def _once(compiler: Compiler, token: Token, here: Where) -> Part:
    inner = compiler.part(token[0], here).work
    return Part(lambda asking: text_of(asking.place) or inner(asking), "any")


def _position(compiler: Compiler, token: Token, here: Where) -> Part:
    if not token:
        return Part(lambda asking: float(asking.position or asking.node.turn()), "number")
    nodes = as_nodes(compiler.part(token[0], here), "position")

    def work(asking: Asking) -> float:
        found = nodes(asking)
        asking.spend(len(found))
        around = asking.chain()
        node = next((one for one in found if one in around), found[0] if found else None)
        return 0.0 if node is None else float(node.turn())

    return Part(work, "number")


def _last(_compiler: Compiler, _token: Token, _here: Where) -> Part:
    return Part(lambda asking: float(asking.size or 1), "number")


def _current(compiler: Compiler, _token: Token, _here: Where) -> Part:
    return Part(lambda asking: [asking.place], "nodes", compiler.at)


def _named_table(compiler: Compiler, token: Token, name: str) -> str:
    if token.symbol != "(string)":
        raise FormRefused("wrong_arguments", name=name)
    compiler.instances.add(token.value)
    return str(token.value)


def _instance(compiler: Compiler, token: Token, _here: Where) -> Part:
    name = _named_table(compiler, token[0], "instance")

    def work(asking: Asking) -> list[Node]:
        found = asking.scene.instances.get(name)
        return [] if found is None else [found]

    return Part(work, "nodes")


def _pulldata(compiler: Compiler, token: Token, here: Where) -> Part:
    name = _named_table(compiler, token[0], "pulldata")
    column, key, wanted = (as_text(compiler.part(one, here)) for one in token[1:])

    def work(asking: Asking) -> str:
        document = asking.scene.instances.get(name)
        for root in [] if document is None else document.kids.get("root", []):
            rows = root.table("item", key(asking)).get(wanted(asking), [])
            for row in rows[:1]:
                return "".join(text_of(kid) for kid in row.kids.get(column(asking), [])[:1])
        return ""

    return Part(work, "text")


def _choice_name(compiler: Compiler, token: Token, here: Where) -> Part:
    choice = as_text(compiler.part(token[0], here))
    if token[1].symbol != "(string)":
        raise FormRefused("wrong_arguments", name="jr:choice-name")
    path = resolved(compiler, token[1].value)
    compiler.note(path)
    shown = "/".join(path)
    return Part(lambda asking: asking.scene.choice_name(shown, choice(asking)), "text")


def resolved(compiler: Compiler, text: str) -> tuple[str, ...]:
    """The path of the form that a text says, absolute or from where the expression stands."""
    text = text.strip()
    path: list[str] = [] if text.startswith("/") else list(compiler.at)
    for name in text.split("/"):
        if name == "..":
            path = path[:-1]
        elif name not in {"", "."}:
            path.append(name)
    return tuple(path[1:]) if text.startswith("/") else tuple(path)


def _indexed_repeat(compiler: Compiler, token: Token, here: Where) -> Part:
    if len(token) % 2 == 0:
        raise FormRefused("wrong_arguments", name="indexed-repeat")
    target = compiler.part(token[0], here).where
    turns: dict[int, Work] = {}
    for number in range(1, len(token), 2):
        group = compiler.part(token[number], here).where
        if target is None or not group or target[: len(group)] != group:
            raise FormRefused("wrong_arguments", name="indexed-repeat")
        turns[len(group)] = as_number(compiler.part(token[number + 1], here))
    assert target is not None

    def work(asking: Asking) -> list[Node]:
        nodes = [asking.scene.root]
        around = asking.chain()
        for level, name in enumerate(target, start=1):
            sets = [node.kids.get(name, []) for node in nodes]
            asking.spend(sum(map(len, sets)))
            if level in turns:
                turn = max(turns[level](asking), 1.0)
                nodes = [kids[int(turn) - 1] for kids in sets if turn <= len(kids)]
                continue
            nodes = [kid for kids in sets for kid in kids]
            if level < len(target) and len(around) > level:
                nodes = [around[level]] if around[level] in nodes else nodes
        return [node for node in nodes if node.relevant]

    return Part(work, "nodes", target)


def _of_this(convert: Callable[[Part], Work], kind: Kind, finish: Callable[[Asking, object], object]) -> object:
    """A function of one value, or of the question itself when it is called without any."""

    def compile_it(compiler: Compiler, token: Token, here: Where) -> Part:
        if token:
            part = compiler.part(token[0], here)
        else:
            compiler.note(here)
            part = Part(lambda asking: [asking.node], "nodes", here)
        value = convert(part)
        return Part(lambda asking: finish(asking, value(asking)), kind)

    return compile_it


SPECIAL: Final[dict[str, Callable[[Compiler, Token, Where], Part]]] = {
    "if": _if,
    "coalesce": _coalesce,
    "once": _once,
    "position": _position,
    "last": _last,
    "current": _current,
    "instance": _instance,
    "indexed-repeat": _indexed_repeat,
    "pulldata": _pulldata,
    "jr:choice-name": _choice_name,
    "string-length": _of_this(as_text, "number", lambda _asking, text: float(len(str(text)))),  # type: ignore[dict-item]
    "normalize-space": _of_this(as_text, "text", lambda _asking, text: " ".join(str(text).split())),  # type: ignore[dict-item]
    "string": _of_this(as_text, "text", lambda _asking, text: text),  # type: ignore[dict-item]
    "number": _of_this(as_number, "number", lambda _asking, number: number),  # type: ignore[dict-item]
}
