# SPDX-License-Identifier: Apache-2.0
"""Answers as ODK Collect, KoboCollect and Enketo send them: an instance of the XForm, as XML.

Source: OpenRosa 1.0 "Metadata Schema" and the ODK XForms specification, "Primary Instance". What the form does not know
is kept under its path, so that nothing is lost on the way in or out. Reasons for not answering have no place there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from resource_centre.errors import Refused
from resource_centre.i18n import N_
from resource_centre.questionnaires.form import Form, Group, Question
from resource_centre.questionnaires.instance import MOST_SPOTS, MOST_TURNS, plain, turn_of
from resource_centre.questionnaires.live import LiveForm
from resource_centre.questionnaires.sources import local_name, tree_of

META: Final = "meta"
KOBO: Final = ("formhub/", "__version__")
"""What Kobo adds to the answers of every form."""

DEEPEST: Final = 100
"""Elements inside one another; a form's groups are nested far less."""

_NAME = re.compile(r"[^\W\d][\w.-]*")
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class SubmissionRefused(Refused):
    """This is not a submission of this form."""

    texts = {
        "not_a_submission": N_("This file does not hold the answers to a questionnaire."),
        "other_form": N_("These are answers to another questionnaire: {name}."),
        "encrypted": N_("These answers are encrypted. Send them from the telephone without encryption."),
        "too_much": N_("There is more in this file than a questionnaire can hold."),
    }


def to_submission(source: LiveForm | Mapping[str, str], form: Form, instance_id: str) -> str:
    """The answers as XML. `instance_id` is the id of this filling-in, with or without ``uuid:``.

    Of an interview that is open what is not relevant is left out, as ODK does; of stored answers every question of the
    form is written, without text where there is no answer.
    """
    live = source if isinstance(source, LiveForm) else None
    answers = {**live.strangers(), **live.answers()} if live is not None else source
    assert isinstance(answers, Mapping)
    left_out = {place for place in live.places() if not live.state(place).relevant} if live is not None else set()
    root = Element(form.root, {"id": form.name, "version": form.version} if form.version else {"id": form.name})
    written: set[str] = set()
    _write(root, form.children, "", _Answers(answers), left_out, written)
    for place, text in answers.items():
        if text and place not in written and place not in left_out:
            _write_stranger(root, place, text)
    _write_meta(root, instance_id, live.instance_name() if live is not None else "")
    return tostring(root, encoding="unicode")


def from_submission(xml: str | bytes, form: Form) -> tuple[dict[str, str], dict[str, str]]:
    """Answers by place, and what is said about the submission: ``instanceID``, ``instanceName``, ``version`` and so on.

    Places that the form does not have are among the answers; LiveForm keeps them as strangers. Kobo gives a form an id
    of its own, so that what came through it is known by most of its answers being the form's instead. Raises
    SubmissionRefused for what is no submission, or one of another form; another version of the form is not refused.
    """
    root = tree_of(xml, refusal=SubmissionRefused("not_a_submission"))
    if root.get("encrypted"):
        raise SubmissionRefused("encrypted")
    known = {item.path: item for item in form.items()}
    answers = dict(_Reading(known).below(root))
    name = root.get("id", "")
    if name != form.name and not _through_kobo(answers, known):
        raise SubmissionRefused("other_form", name=name or local_name(root))
    meta = {"id": name, "version": root.get("version", "")}
    for place in list(answers):
        if place.startswith(f"{META}/") and place not in known:
            meta[place.removeprefix(f"{META}/")] = answers.pop(place)
    return answers, meta


def _through_kobo(answers: Mapping[str, str], known: Mapping[str, Question | Group]) -> bool:
    """Whether these are answers to this form that came through Kobo, which adds marks of its own."""
    ours = sum(1 for place in answers if plain(place) in known)
    marked = any(place.startswith(KOBO) for place in answers)
    return marked and ours * 2 > sum(1 for place in answers if not place.startswith((*KOBO, f"{META}/")))


class _Answers:
    """Answers by place, and how many turns they name of each repeat."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self.texts = answers
        self.turns: dict[str, int] = {}
        for place in answers:
            steps = place.split("/")
            for number in range(1, len(steps) + 1):
                repeat, turn = turn_of("/".join(steps[:number]))
                if 0 < turn <= MOST_TURNS:
                    self.turns[repeat] = max(turn, self.turns.get(repeat, 0))


def _write(
    parent: Element,
    children: tuple[Question | Group, ...],
    before: str,
    answers: _Answers,
    left_out: set[str],
    written: set[str],
) -> None:
    for item in children:
        place = before + item.name
        turns = answers.turns.get(place, 0) if isinstance(item, Group) and item.repeat else 0
        repeated = isinstance(item, Group) and item.repeat
        for one in [f"{place}[{turn}]" for turn in range(1, turns + 1)] if repeated else [place]:
            if one in left_out:
                continue
            element = SubElement(parent, item.name)
            written.add(one)
            if isinstance(item, Group):
                _write(element, item.children, f"{one}/", answers, left_out, written)
            else:
                element.text = _writable(answers.texts.get(one, "")) or None


def _write_stranger(root: Element, place: str, text: str) -> None:
    """Write an answer that is not the form's, below whatever is there of its path."""
    element = root
    steps = [turn_of(step) for step in place.split("/")]
    if not all(_NAME.fullmatch(name) and turn <= MOST_TURNS for name, turn in steps):
        return
    for name, turn in steps:
        namesakes = element.findall(name)
        while len(namesakes) < max(turn, 1):
            namesakes.append(SubElement(element, name))
        element = namesakes[max(turn, 1) - 1]
    if not len(element):
        element.text = _writable(text)


def _write_meta(root: Element, instance_id: str, instance_name: str) -> None:
    meta = root.find(META)
    if meta is None:
        meta = SubElement(root, META)
    SubElement(meta, "instanceID").text = instance_id if ":" in instance_id else f"uuid:{instance_id}"
    if instance_name:
        SubElement(meta, "instanceName").text = _writable(instance_name)


def _writable(text: str) -> str:
    """XML has no place for most control characters, however they came in."""
    return _UNWRITABLE.sub("\ufffd", text)


class _Reading:
    """Answers by place. What comes several times, or is a repeat of the form, is named with its turn."""

    def __init__(self, known: Mapping[str, Question | Group]) -> None:
        self.known = known
        self.left = MOST_SPOTS

    def below(self, parent: Element, path: str = "", place: str = "") -> Iterator[tuple[str, str]]:
        """The answers below an element, in their order."""
        names = Counter(local_name(child) for child in parent)
        turns: Counter[str] = Counter()
        self.left -= len(parent)
        if self.left < 0 or path.count("/") > DEEPEST:
            raise SubmissionRefused("too_much")
        for child in parent:
            name = local_name(child)
            turns[name] += 1
            item = self.known.get(path + name)
            repeated = item.repeat if isinstance(item, Group) else names[name] > 1
            there = f"{place}{name}[{turns[name]}]" if repeated else place + name
            yield from _answer(item, child, there)
            yield from self.below(child, f"{path}{name}/", f"{there}/")


def _answer(item: Question | Group | None, element: Element, place: str) -> Iterator[tuple[str, str]]:
    """The answer of an element; of a turn in which nothing is answered, its place."""
    text = element.text or ""
    if isinstance(item, Group):
        if item.repeat and not any((below.text or "").strip() for below in element.iter() if below is not element):
            yield place, ""
    elif not len(element) and text.strip():
        yield place, text
