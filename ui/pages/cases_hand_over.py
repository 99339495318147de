# SPDX-License-Identifier: Apache-2.0
"""The form by which a caseload goes to somebody else: to whom, why, all cases or some."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from resource_centre.i18n import _, ngettext
from ui.kit.desk import Desk
from ui.kit.editors import ParagraphEditor
from ui.kit.editors_codes import CodeEditor, CodesEditor
from ui.kit.form import Form
from ui.kit.form_row import FormRow
from ui.pages.record_form import RecordForm

if TYPE_CHECKING:
    from resource_centre.services.case_marks import Caseload
    from resource_centre.services.supervision import Counsellor

TO, REASON, ONLY = "to_account", "reason", "only"
MOST = 500
"""Cases that can be chosen one by one; more are handed over all together."""


def hand_over_form(
    desk: Desk,
    caseload: Caseload,
    others: Sequence[Counsellor],
    cases: Sequence[tuple[str, str]],
    saved: Callable[[Any], None],
    cancelled: Callable[[], None],
) -> RecordForm:
    """Hand the cases of one counsellor, or those nobody has, to another."""
    form = Form(desk.places, asks_why=False)
    form.add_row(FormRow(TO, _("To whom"), CodeEditor([(one.id, one.name) for one in others]), required=True))
    form.add_row(FormRow(REASON, _("Why"), ParagraphEditor(lines=2), required=True))
    help_words = _("Leave it empty to hand over all of them.")
    form.add_row(FormRow(ONLY, _("Only these cases"), CodesEditor(cases), help=help_words))

    def write(form: Form) -> Callable[[Any], int]:
        values = form.values()
        return lambda session: _hand_over(session, caseload.account_id, values)

    name = caseload.name or _("Nobody's cases")
    words = ngettext("{name}: hand over {n} case", "{name}: hand over {n} cases", caseload.cases)
    return RecordForm(
        desk, words.format(name=name, n=caseload.cases), form,
        name="hand_over", record_id=caseload.account_id, write=write, saved=saved, cancelled=cancelled,
    )  # fmt: skip


def cases_to_give(session: Any, account_id: str | None) -> list[tuple[str, str]]:
    """The open cases of somebody, or of nobody: id, and name with number."""
    from resource_centre.services.supervision import NOBODY, cases_page

    found = cases_page(session, counsellor=account_id or NOBODY, limit=MOST)
    return [(one.id, f"{one.full_name} ({one.number})") for one in found]


def _hand_over(session: Any, from_account: str | None, values: dict[str, Any]) -> int:
    from resource_centre.errors import Refused
    from resource_centre.problems import Problem
    from resource_centre.services.supervision import hand_over

    missing = tuple(Problem(name, "required") for name in (TO, REASON) if not values[name])
    if missing:
        raise Refused("check", missing)
    return hand_over(session, from_account, values[TO], reason=values[REASON], case_ids=values[ONLY])
