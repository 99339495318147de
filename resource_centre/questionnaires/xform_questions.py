# SPDX-License-Identifier: Apache-2.0
"""One question of an XForm: its bind and its control put together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final
from xml.etree.ElementTree import Element

from resource_centre.questionnaires.form import COMPUTED, Question
from resource_centre.questionnaires.refusals import FormProblem, problem
from resource_centre.questionnaires.xform_lists import EXTERNAL, Itemset, Lists, itemset_of
from resource_centre.questionnaires.xform_texts import XF, Texts, itext_key

JR: Final = "{http://openrosa.org/javarosa}"
ODK: Final = "{http://www.opendatakit.org/xforms}"
ORX: Final = "{http://openrosa.org/xforms}"

CONTROLS: Final = {
    f"{XF}input": "input",
    f"{XF}select1": "select_one",
    f"{XF}select": "select_multiple",
    f"{ODK}rank": "rank",
    f"{XF}range": "range",
    f"{XF}trigger": "acknowledge",
    f"{XF}upload": "upload",
}
"""Elements of the body that ask something."""

INPUTS: Final = {
    "string": "text",
    "int": "integer",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "dateTime": "datetime",
    "geopoint": "geopoint",
    "geotrace": "geotrace",
    "geoshape": "geoshape",
    "barcode": "barcode",
}
"""Which kind of question an input is, by the type of its bind."""

UPLOADS: Final = {"image": "image", "audio": "audio", "video": "video", "application": "file", "osm": "file"}

PRELOADS: Final = frozenset(
    {("timestamp", "start"), ("timestamp", "end"), ("date", "today")}
    | {("property", name) for name in ("deviceid", "username", "phonenumber")}
)
UNKNOWN_PROPERTIES: Final = frozenset({"simserial", "subscriberid", "email"})
"""What a telephone knows and a desktop does not: such a question stays empty."""

DATES: Final = frozenset({"date", "today"})

# Attributes of a control that are not parameters.
_NOT_PARAMETERS: Final = frozenset({"ref", "appearance", "query", "mediatype", "autoplay", "nodeset"})


@dataclass
class Actions:
    """What is set from outside a question, by its path."""

    defaults: dict[str, str] = field(default_factory=dict)
    calculations: dict[str, str] = field(default_factory=dict)
    triggers: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass
class Reader:
    """Makes questions, and collects what of them is refused or only warned of."""

    texts: Texts
    lists: Lists
    actions: Actions
    problems: list[tuple[str, FormProblem]] = field(default_factory=list)
    warnings: list[tuple[str, FormProblem]] = field(default_factory=list)

    def question(self, path: str, node: Element, bind: Element | None, control: Element | None) -> Question:
        """The question at a path (without the root)."""
        stored = _type(bind)
        kind = self._kind(path, stored, bind, control)
        if kind == "text" and not (node.text or "").strip() and self._only_shown(path, bind):
            kind = "note"
        itemset = self._itemset(path, control)
        refers = control if control is not None else _NOTHING
        label, hint = refers.find(f"{XF}label"), refers.find(f"{XF}hint")
        appearance = frozenset(refers.get("appearance", "").split())
        if kind in ("select_one", "select_multiple") and "label" in appearance:
            kind = "note"
        parameters = _parameters(bind, control)
        if itemset is not None and itemset.seed:
            parameters["seed"] = itemset.seed
        get = bind.get if bind is not None else _NOTHING.get
        return Question(
            path=path,
            kind=kind,
            label=self.texts.words(label),
            hint=self.texts.words(hint),
            guidance=self.texts.of(_key(hint), "guidance"),
            media=self.texts.media(_key(label)),
            required=_condition(get("required", "")),
            required_message=self.texts.message(get(f"{JR}requiredMsg", "")),
            relevant=get("relevant", "").strip(),
            constraint=get("constraint", "").strip(),
            constraint_message=self.texts.message(get(f"{JR}constraintMsg", "")),
            calculation=self.actions.calculations.get(path) or get("calculate", "").strip(),
            read_only="" if kind == "note" or kind in COMPUTED else _condition(get("readonly", "")),
            default=_default(node.text or "", kind),
            dynamic_default=self.actions.defaults.get(path, ""),
            choices=self.lists.use(itemset) if itemset is not None else self.lists.inline(path, refers),
            choice_filter=itemset.condition if itemset is not None else "",
            randomize=itemset is not None and itemset.randomize,
            parameters=parameters,
            appearance=appearance,
            stored_type=stored,
            triggers=self.actions.triggers.get(path, ()),
        )

    def _kind(self, path: str, stored: str, bind: Element | None, control: Element | None) -> str:
        if control is None:
            return self._computed(path, bind)
        kind = CONTROLS[control.tag]
        if kind == "upload":
            medium = control.get("mediatype", "").partition("/")[0]
            if medium == "osm":
                self.warn(path, "osm")
            return UPLOADS.get(medium) or self.refuse(path, "kind", kind=control.get("mediatype", ""))
        if kind != "input":
            return kind
        if control.get("query"):
            return "select_one"
        return INPUTS.get(stored) or self.refuse(path, "kind", kind=stored)

    def _only_shown(self, path: str, bind: Element | None) -> bool:
        """Whether a text can neither be written nor filled: XForms have no other way to say note."""
        if bind is None or bind.get("readonly") != "true()" or bind.get("calculate"):
            return False
        return path not in self.actions.defaults and path not in self.actions.calculations

    def _computed(self, path: str, bind: Element | None) -> str:
        if bind is None:
            return "hidden"
        preload, name = bind.get(f"{JR}preload", ""), bind.get(f"{JR}preloadParams", "").removeprefix("uri:")
        if (preload, name) in PRELOADS:
            return name
        if preload == "property" and name in UNKNOWN_PROPERTIES:
            self.warn(path, "unknown_property", name=name)
        elif preload:
            self.refuse(path, "kind", kind=f"{preload} {name}".strip())
        calculated = bind.get("calculate") or path in self.actions.calculations
        return "calculate" if calculated else "hidden"

    def _itemset(self, path: str, control: Element | None) -> Itemset | None:
        if control is None:
            return None
        itemset = control.find(f"{XF}itemset")
        if itemset is not None and CONTROLS[control.tag] == "input":
            # A geopoint that refers to other points only shows them behind it on a map.
            return None
        nodeset = itemset.get("nodeset", "") if itemset is not None else control.get("query", "")
        if not nodeset:
            return None
        value = _ref(itemset, "value") or "name"
        label = _ref(itemset, "label") or "label"
        found = itemset_of(nodeset, value, "label" if itext_key(label) or "(" in label else label)
        if found is not None and itemset is None:
            found = replace(found, table=EXTERNAL + found.table)
        if found is None:
            self.refuse(path, "choices_from_answers", column="type")
        elif found.table not in self.lists.tables:
            self.refuse(path, "no_list", column="type", name=found.table)
            return None
        return found

    def refuse(self, path: str, code: str, *, column: str = "type", **facts: str) -> str:
        """Note what cannot be asked here."""
        self.problems.append((path, problem(code, sheet="survey", row=0, column=column, **facts)))
        return "text"

    def warn(self, path: str, code: str, **facts: str) -> None:
        """Note what is not done as the form would have it."""
        self.warnings.append((path, problem(code, sheet="survey", row=0, column="", **facts)))


_NOTHING: Final = Element("nothing")


def _type(bind: Element | None) -> str:
    return (bind.get("type") or "string").removeprefix("xsd:").removeprefix("odk:") if bind is not None else "string"


def _key(element: Element | None) -> str:
    return itext_key(element.get("ref", "")) if element is not None else ""


def _ref(itemset: Element | None, name: str) -> str:
    found = itemset.find(f"{XF}{name}") if itemset is not None else None
    return found.get("ref", "") if found is not None else ""


def _condition(text: str) -> str:
    """A condition that never holds is none."""
    return "" if text.strip() == "false()" else text.strip()


def _default(text: str, kind: str) -> str:
    """A default as an answer: a spreadsheet writes a day with its midnight."""
    text = text.strip()
    return text.removesuffix(" 00:00:00") if kind in DATES else text


def _parameters(bind: Element | None, control: Element | None) -> dict[str, str]:
    found = {}
    for element in (bind, control):
        for name, text in element.items() if element is not None else ():
            space, _brace, local = name.rpartition("}")
            ours = space + "}" in (ODK, ORX) if element is bind else not space or space + "}" == ODK
            if ours and local not in _NOT_PARAMETERS:
                found[local] = text.strip()
    return found
