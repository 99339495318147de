# SPDX-License-Identifier: Apache-2.0
"""The forms of a referral: the letter, sending it with the client's consent, the answer, the service, the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.records import Consent, Referral, Transition, field_of, fields_of
from ui.kit.desk import Desk
from ui.kit.editors import ChoiceEditor, ParagraphEditor, TextEditor
from ui.kit.form import Form
from ui.kit.form_row import FormRow
from ui.pages.column_form import ColumnForm
from ui.pages.entry_form import Cancelled, Done, Saving, entry_form
from ui.pages.record_form import RecordForm
from ui.pages.referrals_editors import ProviderEditor, TicksEditor
from ui.pages.referrals_look import Begun, LookedOne

CONSENT = ("decision", "mode", "witness", "guardian", "guardian_relation")
REFUSED_BY_CLIENT = "ditolak"
ACCEPTED, WAITING, REFUSED = "accepted", "waiting", "refused"


class LetterForm(ColumnForm):
    """To whom, what about, what the letter tells, and how it gets there."""

    def __init__(self, desk: Desk, near: str | None) -> None:
        super().__init__(desk.places)
        known = {field.name: field for field in fields_of(Referral)}
        self.section("to", _("What is needed, and from whom"))
        self.add_field(known["services"])
        self.provider = ProviderEditor(desk, near, self._first_service)
        self.add_row(FormRow("provider_id", _("Provider"), self.provider))
        self.add_fields(known.values(), "urgency", "made_on")
        self.section("about", _("What it is about"))
        self.add_fields(known.values(), "reason", "already_provided", "special_needs")
        self.section("letter", _("The letter"), column=1, note=_("Exactly what is ticked, nothing else."))
        self.add_field(known["as_code"])
        self.ticks = TicksEditor()
        self.add_field(known["shared"], self.ticks)
        self.section("way", _("How it gets there"), column=1)
        self.add_fields(known.values(), "delivery", "escort")
        self.close_columns()
        self.edited.connect(self._follow_code)
        self.settled.connect(self._follow_code)

    def set_values(self, values: Mapping[str, Any] | object, unanswered: Mapping[str, str] | None = None) -> None:
        """Show a referral; what may be ticked follows from whether a case code stands in place of the name."""
        super().set_values(values, unanswered)
        self._follow_code("as_code")

    def restore(self, typed: dict[str, Any]) -> None:
        """Put a draft back."""
        super().restore(typed)
        self._follow_code("as_code")

    def _first_service(self) -> str | None:
        chosen = self.editor("services").value()
        return chosen[0] if chosen else None

    def _follow_code(self, name: str) -> None:
        from resource_centre.services.referral_checks import identifies

        if name == "as_code":
            hidden = bool(self.editor("as_code").value())
            self.ticks.allow((lambda code: not identifies(code)) if hidden else (lambda _code: True))


def letter_form(
    desk: Desk,
    person_id: str,
    links: Mapping[str, Any],
    before: LookedOne | Begun,
    saved: Done,
    cancelled: Cancelled,
) -> RecordForm:
    """A new referral (with `links` such as ``case_id``), or a draft that is changed."""
    from resource_centre.services.referrals import change_referral, record_referral

    form = LetterForm(desk, before.near)
    referral = before.referral if isinstance(before, LookedOne) else None
    told = before.told if isinstance(before, Begun) else None
    if isinstance(before, LookedOne) and before.provider is not None:
        form.provider.names[before.provider.id] = before.provider.name or ""

    def add(session: Any, values: dict[str, Any], why: Any) -> Referral:
        return record_referral(session, person_id=person_id, values=values | dict(links), unanswered=why)

    heading = _("New referral") if referral is None else _("Change the letter")
    saving = Saving("referral", person_id, add, change_referral)
    usual = {"made_on": today(), "urgency": "normal", "as_code": False, "shared": ["nama", "alasan"], "reason": told}
    return entry_form(desk, heading, form, referral, saving, (saved, cancelled), usual=usual)


def send_form(desk: Desk, one: LookedOne, saved: Done, cancelled: Cancelled) -> RecordForm:
    """When and how it is sent; and what the client said, when nobody has asked yet."""
    from resource_centre.services.referral_clock import EMERGENCY

    referral, agreed = one.referral, one.consent.standing == "given"
    form = Form(desk.places, asks_why=False)
    if not agreed:
        form.add_heading(_("The client's consent to this letter"), _("Read out what it tells and to whom it goes."))
        form.add_fields(fields_of(Consent), *CONSENT)
        if referral.urgency == EMERGENCY:
            why = _("Why the client could not be asked")
            form.add_row(
                FormRow("without_consent", why, TextEditor(), help=_("Only where life or health is at stake."))
            )
    form.add_heading(_("Sending"))
    form.add_fields(fields_of(Referral), "sent_on", "delivery")
    form.set_values({"sent_on": today(), "delivery": referral.delivery})
    form.version = referral.version

    def write(form: Form) -> Callable[[Any], str]:
        from resource_centre.services.referrals import agree, send

        values, version = form.values(), form.version
        said = {name: values.pop(name) for name in CONSENT if name in values}

        def act(session: Any) -> str:
            if said.get("decision"):
                agree(session, referral.id, said | {"decided_on": values["sent_on"]})
            if said.get("decision") == REFUSED_BY_CLIENT:
                return referral.id
            day, why, delivery = values["sent_on"], values.get("without_consent"), values["delivery"]
            send(session, referral.id, on=day, without_consent=why, delivery=delivery, version=version)
            return referral.id

        return act

    say = {"consent": "decision", "decided_on": "sent_on"}
    return RecordForm(
        desk, _("Send the letter"), form, name="referral_send", record_id=referral.id, write=write, saved=saved,
        cancelled=cancelled, say=lambda field: say.get(field, field),
    )  # fmt: skip


def consent_form(desk: Desk, one: LookedOne, saved: Done, cancelled: Cancelled) -> RecordForm:
    """What the client said to this letter, whether it is sent now or not."""
    form = Form(desk.places, asks_why=False)
    form.add_fields(fields_of(Consent), *CONSENT, "decided_on")
    form.set_values({"decided_on": today()})

    def write(form: Form) -> Callable[[Any], str]:
        from resource_centre.services.referrals import agree

        values = form.values()
        return lambda session: agree(session, one.referral.id, values).id

    return _small(desk, _("What the client says"), form, "referral_consent", one, write, saved, cancelled)


def answer_form(desk: Desk, one: LookedOne, saved: Done, cancelled: Cancelled) -> RecordForm:
    """The feedback slip that came back."""
    form = Form(desk.places, asks_why=False)
    answers = [
        (ACCEPTED, _("Accepts")),
        (WAITING, _("Not yet")),
        (REFUSED, _("Refuses")),
    ]
    form.add_row(FormRow("answer", _("What the provider says"), ChoiceEditor(answers), required=True))
    form.add_fields(fields_of(Referral), "received_on", "refusal_reason", "served_on", "feedback")
    form.set_values({"received_on": today()})

    def write(form: Form) -> Callable[[Any], str]:
        values = form.values()
        return lambda session: _answer(session, one.referral.id, values)

    def follow(_name: str = "") -> None:
        answer = form.editor("answer").value()
        form.rows["refusal_reason"].setVisible(answer == REFUSED)
        form.rows["served_on"].setVisible(answer == ACCEPTED)

    form.edited.connect(follow)
    made = _small(desk, _("The provider's answer"), form, "referral_answer", one, write, saved, cancelled)
    follow()
    return made


def service_form(desk: Desk, one: LookedOne, saved: Done, cancelled: Cancelled) -> RecordForm:
    """The client was served."""
    form = Form(desk.places, asks_why=False)
    form.add_fields(fields_of(Referral), "served_on", "feedback")
    form.set_values({"served_on": today(), "feedback": one.referral.feedback})

    def write(form: Form) -> Callable[[Any], str]:
        from resource_centre.services.referrals import serve

        day, feedback = form.values()["served_on"], form.values()["feedback"]
        return lambda session: serve(session, one.referral.id, on=day, feedback=feedback).id

    return _small(desk, _("The client was served"), form, "referral_service", one, write, saved, cancelled)


def conclusion_form(desk: Desk, one: LookedOne, saved: Done, cancelled: Cancelled) -> RecordForm:
    """What came of it, and how satisfied the client is."""
    form = Form(desk.places, asks_why=False)
    form.add_fields(fields_of(Referral), "ended_on", "outcome", "satisfaction")
    form.set_values({"ended_on": today(), "outcome": one.referral.outcome, "satisfaction": one.referral.satisfaction})

    def write(form: Form) -> Callable[[Any], str]:
        from resource_centre.services.referrals import complete

        values = form.values()
        day, said = values["ended_on"], {name: values[name] for name in ("outcome", "satisfaction")}
        return lambda session: complete(session, one.referral.id, on=day, **said).id

    return _small(desk, _("Conclude the referral"), form, "referral_conclusion", one, write, saved, cancelled)


def ending_form(desk: Desk, one: LookedOne, to: str, heading: str, saved: Done, cancelled: Cancelled) -> RecordForm:
    """The client did not come, it has lapsed or is cancelled; the last with a reason."""
    from resource_centre.services.transitions import asks_reason

    form = Form(desk.places, asks_why=False)
    form.add_fields(fields_of(Referral), "ended_on")
    reason = field_of(Transition.reason)
    must = asks_reason("Referral", one.referral.status, to)
    form.add_row(FormRow("reason", reason.label, ParagraphEditor(), required=must))
    form.set_values({"ended_on": today()})

    def write(form: Form) -> Callable[[Any], str]:
        from resource_centre.services.referrals import end

        day, why = form.values()["ended_on"], form.values()["reason"]
        return lambda session: end(session, one.referral.id, to, reason=why, on=day).id

    return _small(desk, heading, form, f"referral_{to}", one, write, saved, cancelled)


def _answer(session: Any, referral_id: str, values: Mapping[str, Any]) -> str:
    from resource_centre.errors import Refused
    from resource_centre.problems import Problem
    from resource_centre.services import referrals

    day, feedback = values["received_on"], values["feedback"]
    if values["answer"] == REFUSED:
        reason = values["refusal_reason"] or ""
        return referrals.refuse(session, referral_id, reason, on=day, feedback=feedback).id
    if values["answer"] == WAITING:
        return referrals.keep_waiting(session, referral_id, on=day, feedback=feedback).id
    if values["answer"] != ACCEPTED:
        raise Refused("check", (Problem("answer", "required"),))
    made = referrals.receive(session, referral_id, on=day, feedback=feedback)
    if values["served_on"] is not None:
        made = referrals.serve(session, referral_id, on=values["served_on"])
    return made.id


def _small(
    desk: Desk,
    heading: str,
    form: Form,
    name: str,
    one: LookedOne,
    write: Callable[[Form], Callable[[Any], Any]],
    saved: Done,
    cancelled: Cancelled,
) -> RecordForm:
    return RecordForm(
        desk, heading, form, name=name, record_id=one.referral.id, write=write, saved=saved, cancelled=cancelled
    )
