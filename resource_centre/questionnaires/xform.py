# SPDX-License-Identifier: Apache-2.0
"""An XForm, the XML that XLSForms are turned into, read as a Form.

A form is kept as its XForm, and read from there without pyxform. What would change the questions, their answers or
their conditions and is not known here is refused; what only concerns telephones and servers is warned of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from xml.etree.ElementTree import Element
from xml.sax.saxutils import quoteattr

from resource_centre.questionnaires.form import Form, Group, Question
from resource_centre.questionnaires.limits import MEGABYTE, limit
from resource_centre.questionnaires.refusals import FormProblem, FormRefused, problem
from resource_centre.questionnaires.sources import local_name, tree_of
from resource_centre.questionnaires.xform_lists import Lists
from resource_centre.questionnaires.xform_questions import CONTROLS, JR, ODK, Actions, Reader
from resource_centre.questionnaires.xform_texts import XF, Texts

H: Final = "{http://www.w3.org/1999/xhtml}"
FIRST: Final = frozenset({"odk-instance-first-load", "odk-new-repeat", "odk-instance-load"})
CHANGED: Final = "xforms-value-changed"
META: Final = "meta"

Sheets = Mapping[str, Sequence[Mapping[str, str]]]
Rows = Mapping[str, int]
"""In which row of the survey sheet each path stands."""


def form_from_xform(xml: str, *, sheets: Sheets | None = None, rows: Rows | None = None) -> Form:
    """The form that an XForm describes; `sheets` are kept with it, `rows` say where problems stand.

    Raises FormRefused for XML that is none or no form, and for whatever cannot be asked here, each by its name.
    """
    if len(xml) > limit("unpacked_megabytes") * MEGABYTE:
        raise FormRefused("too_large")
    document = tree_of(xml, refusal=FormRefused("not_an_xform"))
    model = document.find(f"{H}head/{XF}model")
    primary = model.find(f"{XF}instance") if model is not None else None
    root = next(iter(primary), None) if primary is not None else None
    body = document.find(f"{H}body")
    if model is None or root is None or body is None:
        raise FormRefused("not_an_xform")
    texts = Texts(model)
    lists = Lists(texts)
    lists.read(model)
    reading = _Reading(root, model, body, Reader(texts, lists, Actions()), rows or {})
    try:
        children = reading.children()
    except RecursionError as reason:
        raise FormRefused("form", (problem("nesting", most=limit("nesting")),)) from reason
    reading.look_around()
    reading.refuse()
    name = local_name(root)
    return Form(
        name=root.get("id", ""),
        title=_title(document),
        version=root.get("version", ""),
        root=name,
        children=children,
        languages=texts.languages,
        default_language=texts.default_language,
        lists=lists.made,
        instances=lists.rows(),
        settings=_settings(sheets),
        instance_name=reading.instance_name,
        xform=xml,
        sheets={sheet: tuple(dict(row) for row in listed) for sheet, listed in (sheets or {}).items()},
        warnings=reading.warnings(),
    )


def without_calculations(form: Form, paths: Iterable[str]) -> str:
    """The XForm of a form without the calculations at some paths."""
    xml = form.xform
    for path in paths:
        bind = re.escape(f"<bind nodeset={quoteattr(f'/{form.root}/{path}')}")
        xml = re.sub(rf"({bind}(?: [^<>]*?)?) calculate=\"[^\"]*\"", r"\1", xml, count=1)
    return xml


@dataclass
class _Reading:
    """What is known while one form is read."""

    root: Element
    model: Element
    body: Element
    reader: Reader
    rows: Rows
    binds: dict[str, Element] = field(default_factory=dict)
    controls: dict[str, Element] = field(default_factory=dict)
    groups: dict[str, Element] = field(default_factory=dict)
    repeats: dict[str, Element] = field(default_factory=dict)
    loose: list[Element] = field(default_factory=list)
    instance_name: str = ""

    def children(self) -> tuple[Question | Group, ...]:
        for bind in self.model.iterfind(f"{XF}bind"):
            self.binds[self._path(bind.get("nodeset", ""))] = bind
        self._index(self.body)
        self._actions()
        return tuple(self._items(self.root, "", 0))

    def _path(self, reference: str) -> str:
        return reference.strip().removeprefix(f"/{local_name(self.root)}").removeprefix("/")

    def _index(self, parent: Element) -> None:
        """Which control and which group belongs to which path."""
        for element in parent:
            path = self._path(element.get("ref", ""))
            if element.tag in CONTROLS:
                self.controls[path] = element
            elif element.tag == f"{XF}group":
                if path and path not in self.groups:
                    self.groups[path] = element
                elif element.find(f"{XF}repeat") is None:
                    self.loose.append(element)
                self._index(element)
            elif element.tag == f"{XF}repeat":
                self.repeats[self._path(element.get("nodeset", ""))] = element
                self._index(element)
            elif element.tag not in _BESIDE and not element.tag.startswith((JR, ODK)):
                self.reader.refuse(path, "kind", kind=local_name(element))

    def _actions(self) -> None:
        """What is set when the form opens, when a turn is added, or when another question changes."""
        actions = self.reader.actions
        for parent in (self.model, *self.body.iter()):
            for element in parent:
                path = self._path(element.get("ref", ""))
                events = set(element.get("event", "").split())
                if element.tag == f"{XF}setvalue" and events & FIRST:
                    actions.defaults[path] = element.get("value", "").strip() or "''"
                elif element.tag == f"{XF}setvalue" and CHANGED in events:
                    source = self._path(parent.get("ref", ""))
                    actions.calculations[path] = element.get("value", "").strip() or "''"
                    actions.triggers[path] = (*actions.triggers.get(path, ()), source)
                elif element.tag.startswith(ODK) and events:
                    self.reader.refuse(path, local_name(element))

    def _items(self, node: Element, path: str, depth: int) -> Iterator[Question | Group]:
        if depth > limit("nesting"):
            raise FormRefused("form", (problem("nesting", row=self.rows.get(path, 0), most=limit("nesting")),))
        seen: set[str] = set()
        for child in node:
            name = local_name(child)
            below = f"{path}/{name}" if path else name
            # A repeat stands there twice, first as the pattern of a turn.
            if name in seen:
                continue
            seen.add(name)
            if name == META and below not in self.groups:
                yield from self._meta(below, child)
            elif below in self.groups or below in self.repeats or len(child):
                yield self._group(below, child, depth)
            else:
                yield self.reader.question(below, child, self.binds.get(below), self.controls.get(below))

    def _group(self, path: str, node: Element, depth: int) -> Group:
        group, repeat = self.groups.get(path, _NOTHING), self.repeats.get(path)
        shown = f"{group.get('appearance', '')} {repeat.get('appearance', '') if repeat is not None else ''}"
        bind = self.binds.get(path, _NOTHING)
        texts = self.reader.texts
        if group.get("intent"):
            self.reader.warn(path, "other_program")
        return Group(
            path=path,
            children=tuple(self._items(node, path, depth + 1)),
            label=texts.words(group.find(f"{XF}label")),
            hint=texts.words(group.find(f"{XF}hint")),
            relevant=bind.get("relevant", "").strip(),
            read_only="" if bind.get("readonly", "") == "false()" else bind.get("readonly", "").strip(),
            appearance=frozenset(shown.split()),
            repeat=repeat is not None,
            repeat_count=repeat.get(f"{JR}count", "").strip() if repeat is not None else "",
        )

    def _meta(self, below: str, meta: Element) -> Iterator[Question | Group]:
        """What the form notes about itself; questions that somebody put there are asked like any other."""
        own = Element(meta.tag)
        for child in meta:
            path = f"{below}/{local_name(child)}"
            if path in self.controls or path in self.groups:
                own.append(child)
            elif path == f"{META}/instanceName":
                self.instance_name = self.binds.get(path, _NOTHING).get("calculate", "").strip()
            elif local_name(child) in _SAID_OF_META:
                self.reader.warn("", _SAID_OF_META[local_name(child)])
        if len(own):
            yield self._group(below, own, 0)

    def look_around(self) -> None:
        """Note what stands beside the questions."""
        reader = self.reader
        if self.model.find(f"{XF}submission") is not None:
            reader.warn("", "submission")
        for element in self.loose:
            if element.find(f"{XF}label") is not None:
                reader.warn("", "flat")
                break
        for path, control in self.controls.items():
            appearance = control.get("appearance", "")
            if "search(" in appearance:
                reader.refuse(path, "search", column="appearance")
            elif appearance.startswith("ex:") or control.get("intent"):
                reader.warn(path, "other_program")
        for name, source in reader.lists.sources.items():
            if source == "jr://instance/last-saved":
                reader.refuse("", "last_saved")
            elif not reader.lists.tables[name]:
                reader.warn("", "no_companion", file=source.rpartition("/")[2])

    def refuse(self) -> None:
        """Raise FormRefused for what was found, in the order of the sheet."""
        found = sorted((self._placed(path, one) for path, one in self.reader.problems), key=lambda one: one.row)
        if found:
            raise FormRefused("form", tuple(found))

    def warnings(self) -> tuple[str, ...]:
        found = [self._placed(path, one) for path, one in self.reader.warnings]
        return tuple(dict.fromkeys(one.sentence() for one in found))

    def _placed(self, path: str, one: FormProblem) -> FormProblem:
        row = self.rows.get(path, 0)
        return one.placed(sheet="survey", row=row, column=one.column if row else "") if path else replace(one, field="")


_NOTHING: Final = Element("nothing")
_BESIDE: Final = frozenset(f"{XF}{name}" for name in ("label", "hint", "setvalue"))
_SAID_OF_META: Final = {"audit": "audit", "entity": "entities"}


def _title(document: Element) -> str:
    title = document.find(f"{H}head/{H}title")
    return (title.text or "").strip() if title is not None else ""


def _settings(sheets: Sheets | None) -> dict[str, str]:
    rows = (sheets or {}).get("settings", ())
    return {column: text for column, text in rows[0].items() if text} if rows else {}
