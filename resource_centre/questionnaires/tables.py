# SPDX-License-Identifier: Apache-2.0
"""The lists and files of a form as its expressions reach them, and as its questions offer them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from resource_centre.questionnaires.form import Choice, Form, say
from resource_centre.questionnaires.nodes import Node, instance_of

Row = Mapping[str, str]


@dataclass(frozen=True)
class Tables:
    """`lists` are the choices by list, `nodes` every table for expressions, `choice_of` which choice an item is."""

    lists: Mapping[str, tuple[Choice, ...]]
    nodes: Mapping[str, Node]
    choice_of: Mapping[int, Choice]


def tables_of(form: Form) -> Tables:
    """The tables of a form, made once for all of its filling-ins."""
    lists = {**_unlisted(form), **form.lists}
    nodes = {name: instance_of(rows) for name, rows in form.instances.items()}
    choice_of: dict[int, Choice] = {}
    for name, choices in lists.items():
        value, label = _columns(form, name)
        nodes[name] = instance_of(
            {value: one.name, label: say(one.label, form.default_language), **one.extra} for one in choices
        )
        items = nodes[name].kids["root"][0].kids.get("item", [])
        choice_of |= {id(item): choice for item, choice in zip(items, choices, strict=True)}
    return Tables(lists, nodes, choice_of)


def with_sources(form: Form, sources: Mapping[str, Sequence[Row]]) -> Form:
    """The form with tables that came in files of their own, and with the lists that are made of them."""
    instances = {**form.instances, **{name: tuple(rows) for name, rows in sources.items()}}
    form = replace(form, instances=instances)
    made = {name: _listed(form, name) for name in form.lists if _file(form, name) in sources}
    return replace(form, lists={**form.lists, **made})


def _unlisted(form: Form) -> dict[str, tuple[Choice, ...]]:
    """Tables that questions choose from though the form does not hold them as lists."""
    asked = {question.choices for question in form.questions()} & form.instances.keys()
    return {name: _listed(form, name) for name in asked}


def _listed(form: Form, name: str) -> tuple[Choice, ...]:
    value, label = _columns(form, name)
    return tuple(_choice(row, value, label) for row in form.instances[_file(form, name)])


def _choice(row: Row, value: str, label: str) -> Choice:
    said = row.get(label, "")
    extra = {column: text for column, text in row.items() if column not in (value, label)}
    return Choice(row.get(value, ""), {"": said} if said else {}, extra)


def _file(form: Form, name: str) -> str:
    """The table a list is made of: a list of other columns than usual is called ``table value label``."""
    table = name.partition(" ")[0]
    return table if table in form.instances else name


def _columns(form: Form, name: str) -> tuple[str, str]:
    _table, _blank, columns = name.partition(" ")
    value, _blank, label = columns.partition(" ")
    named = _file(form, name) != name and value and label
    return (value, label) if named else ("name", "label")
