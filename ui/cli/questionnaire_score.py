# SPDX-License-Identifier: Apache-2.0
"""`resource-centre questionnaire score`: what answers come to, without any centre being open."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from resource_centre.i18n import N_, _, language

if TYPE_CHECKING:
    from resource_centre.questionnaires.answer_files import Told
    from resource_centre.questionnaires.form import Form
    from resource_centre.questionnaires.live import LiveForm
    from resource_centre.questionnaires.scoring import ScaleScore, Scores
    from resource_centre.questionnaires.weights import Weights

HELP: Final = N_("score answers to a form, and say what is wrong with them")
NOT_IN_ORDER: Final = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which form, which answers, by which weights."""
    parser.add_argument(
        "file", type=Path, metavar=_("FILE"), help=_("the form, or the name of one that comes with the program")
    )
    parser.add_argument(
        "--answers", type=Path, required=True, metavar=_("FILE"),
        help=_("the answers as JSON: one object, or a list of them; keys are names of questions or their places"),
    )  # fmt: skip
    parser.add_argument(
        "--weights", type=Path, metavar=_("FILE"),
        help=_("weights to score by (.xlsx or .csv); without it, those of the program or the form's own"),
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help=_("write what was found for other programs"))


def run(options: argparse.Namespace) -> int:
    """Fill in the form with each set of answers, and write problems and scores."""
    from resource_centre.questionnaires.answer_files import read_answers

    form = _form(options.file)
    weights = _weights(options.weights, form)
    scored = [_scored(form, told, weights) for told in read_answers(options.answers, form)]
    if options.json:
        print(json.dumps([_facts(*one) for one in scored], ensure_ascii=False, indent=1))
    else:
        for number, one in enumerate(scored, start=1):
            print("\n".join(_lines(number if len(scored) > 1 else 0, *one)))
    errors = any(problem.severity == "error" for live, _scores in scored for problem in live.problems())
    return NOT_IN_ORDER if errors else 0


def _form(file: Path) -> Form:
    from resource_centre.questionnaires.reading import read_form
    from resource_centre.services.shipped_forms import read_shipped, shipped_forms

    return read_shipped(str(file)) if not file.exists() and str(file) in shipped_forms() else read_form(file)


def _weights(file: Path | None, form: Form) -> Weights | None:
    from resource_centre.questionnaires.weight_files import read_weights
    from resource_centre.questionnaires.weights import shipped_weights
    from resource_centre.services.shipped_forms import version_key

    found = read_weights(file, form=form) if file is not None else shipped_weights(form.name)
    return max(found, key=lambda one: (one.official, version_key(one.version)), default=None)


def _scored(form: Form, told: Told, weights: Weights | None) -> tuple[LiveForm, Scores]:
    import datetime as dt

    from resource_centre.questionnaires.live import Facts, LiveForm
    from resource_centre.questionnaires.scoring import form_scores, score

    now = dt.datetime.now()  # noqa: DTZ005 - forms speak of the laptop's own time
    spoken = form.language_for(language())
    live = LiveForm(form, told.answers, told.unanswered, language=spoken, facts=Facts(today=now.date(), now=now))
    answers = live.answers()
    return live, score(form, weights, answers, live.unanswered()) if weights else form_scores(form, answers)


def _facts(live: LiveForm, scores: Scores) -> dict[str, Any]:
    weights = scores.weights
    return {
        "questionnaire": scores.questionnaire,
        "version": live.form.version,
        "calculation": scores.calculation,
        "weights": {"name": weights.name, "version": weights.version, "basis": weights.basis} if weights else None,
        "official": scores.official,
        "caution": _caution(scores),
        "scores": {one.scale: _figure(one) for one in scores.scales},
        "problems": [
            {"place": place, "code": code, "severity": severity, "words": words}
            for place, code, severity, words in _problems(live)
        ],
    }


def _figure(one: ScaleScore) -> dict[str, Any]:
    return {
        "value": None if one.value is None else float(one.value),
        "shown": one.shown(),
        "coverage": None if one.coverage is None else float(one.coverage),
        "answered": one.answered,
        "applicable": one.applicable,
        "missing": list(one.missing),
    }


def _lines(number: int, live: LiveForm, scores: Scores) -> Iterator[str]:
    if number:
        yield _("Answers {n}").format(n=number)
    for place, _code, _severity, words in _problems(live):
        yield f"  {place}: {words}"
    if not scores.scales:
        yield "  " + _("This form yields no score.")
    for one in scores.scales:
        shown = one.shown() or _("no score")
        covered = _("{answered} of {applicable} answered").format(answered=one.answered, applicable=one.applicable)
        yield f"  {_label(scores, one.scale)}: {shown}" + (f" ({covered})" if scores.weights else "")
    if scores.scales:
        said = (_caution(scores), _("A score never decides whether somebody gets a service."))
        yield from (f"  {line}" for line in said if line)


def _problems(live: LiveForm) -> Iterator[tuple[str, str, str, str]]:
    for problem in live.problems():
        said = live.state(problem.field).message if problem.field in live.places() else ""
        yield problem.field, problem.code, problem.severity, said or problem.words()


def _caution(scores: Scores) -> str:
    from resource_centre.questionnaires.scales import scales_of

    if scores.weights is not None:
        return scores.weights.caution_in(language())
    said = (scale.caution.get(language(), "") for scale in scales_of(scores.questionnaire))
    return " ".join(dict.fromkeys(text for text in said if text))


def _label(scores: Scores, scale: str) -> str:
    from resource_centre.questionnaires.scales import scales_of

    known = {one.name: one.label for one in scales_of(scores.questionnaire)}
    return known.get(scale, {}).get(language()) or scale
