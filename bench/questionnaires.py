# SPDX-License-Identifier: Apache-2.0
"""How fast questionnaires are scored, opened and asked; the forms and answers are invented."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from functools import partial
from xml.etree import ElementTree as ET

from bench.ratio import Measured, paired
from resource_centre.questionnaires.expressions import compile_expression
from resource_centre.questionnaires.live import LiveForm
from resource_centre.questionnaires.nodes import Node
from resource_centre.questionnaires.reading import read_form
from resource_centre.questionnaires.scene import Scene
from resource_centre.questionnaires.scoring import Scorer
from resource_centre.questionnaires.weights import shipped_weights
from resource_centre.questionnaires.xform import form_from_xform
from resource_centre.services.shipped_forms import read_shipped

QUESTIONS = 300
DEPENDENT = 100
FRAME = "16 ms a key"
REASONS = ("unknown", "refused", "not_asked", "not_applicable")


def scoring(responses: int) -> Measured:
    """The survey of reintegration, filled in many times, against reading the same answers from JSON."""
    texts = _filled_in(responses)
    parsed = [json.loads(text) for text in texts]
    scorer = Scorer(shipped_weights("rss")[0], read_shipped("rss"))

    def ours() -> None:
        for one in parsed:
            scorer.values(one["answers"], one["unanswered"])

    def bare() -> None:
        for text in texts:
            json.loads(text)

    what = f"scoring {responses:,} surveys of 30 questions"
    return paired(what, "reading the same answers from JSON", ours, bare, rounds=5, aim="1")


def loading() -> Measured:
    """A stored form of 300 questions, against the bare reading of its XML."""
    form = read_form(_form(), name="bench.md")

    def ours() -> None:
        form_from_xform(form.xform)

    return paired(f"opening a form of {QUESTIONS} questions", "ElementTree reading its XML", ours,
                  lambda: ET.fromstring(form.xform))  # fmt: skip


def skipping() -> Measured:
    """The answer on which a hundred questions of 300 wait, against asking their hundred conditions and nothing else."""
    form = read_form(_form(), name="bench.md")
    live = LiveForm(form)
    answers = ["yes", "no"]
    first, *others = [question.path for question in form.questions()]
    conditions = [
        compile_expression(one.relevant, root=form.root, at=one.path) for one in form.questions() if one.relevant
    ]
    root = Node(form.root)
    place = root.add(first, "yes")
    for path in others:
        root.add(path)

    def ours() -> None:
        answers.reverse()
        live.answer(first, answers[0])

    def bare() -> None:
        scene = Scene(root)
        for expression in conditions:
            expression.truth(scene, place)

    # Time of the processor: whatever else the machine does does not count as ours.
    slowest = max(_worked(ours) for _turn in range(50))
    single = max(_worked(partial(live.answer, path, "yes")) for path in others[-50:])
    what = f"an answer that shows or hides {DEPENDENT} of {QUESTIONS} questions"
    note = f"slowest of 50: {slowest:.1f} ms; an answer that nothing waits for: {single:.2f} ms; aim {FRAME}"
    return paired(what, "asking the same conditions, nothing else", ours, bare, rounds=31, note=note)


def _worked(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return (time.process_time() - began) * 1000


def _filled_in(count: int) -> list[str]:
    chance = random.Random(7)
    (weights,) = shipped_weights("rss")
    places = {question.name: question.path for question in read_shipped("rss").questions()}
    offered: dict[str, list[str]] = {}
    for row in weights.rows:
        offered.setdefault(places[row.question], []).append(row.answer)
    return [json.dumps(_one(offered, chance)) for _turn in range(count)]


def _one(offered: dict[str, list[str]], chance: random.Random) -> dict[str, dict[str, str]]:
    """Everything answered but one question in twenty, for which there is a reason; who stays is not asked why not."""
    answers = {place: chance.choice(some) for place, some in offered.items()}
    unanswered = {place: chance.choice(REASONS) for place in offered if chance.random() < 0.05}
    kept = {place: text for place, text in answers.items() if place not in unanswered}
    if kept.get("psychosocial/able_to_stay") == "yes":
        kept.pop("psychosocial/leave_wish_or_need", None)
        unanswered.pop("psychosocial/leave_wish_or_need", None)
    return {"answers": kept, "unanswered": unanswered}


def _form() -> str:
    """A hundred questions that wait for the first one, a hundred numbers with a limit, a hundred lists."""
    rows = ["| | select_one yes_no | q0 | Question 0 | | |"]
    for number in range(1, QUESTIONS):
        kind, relevant, constraint = (
            ("select_one yes_no", "${q0} = 'yes'", ""),
            ("integer", "", ". >= 0 and . < 200"),
            ("select_one yes_no", "", ""),
        )[number % 3]
        if number == 2:
            relevant = "${q0} = 'yes'"
        rows.append(f"| | {kind} | q{number} | Question {number} | {relevant} | {constraint} |")
    lines = "\n".join(rows)
    return f"""| survey | | | | | |
| | type | name | label | relevant | constraint |
{lines}
| choices | | | |
| | list_name | name | label |
| | yes_no | yes | Yes |
| | yes_no | no | No |
| settings | | |
| | form_title | form_id |
| | Bench | bench |
"""
