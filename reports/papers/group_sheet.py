# SPDX-License-Identifier: Apache-2.0
"""The papers of a savings group drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportlab.platypus import Flowable, KeepTogether

from reports.kit import styles
from reports.kit.layout import space
from reports.kit.tables import Column, Row, Table, table
from reports.kit.text import paragraph
from reports.kit.words import number
from reports.papers.frame import CONFIDENTIAL, FormHead, draw_paper, subheading
from reports.papers.group import GroupFacts, GroupSummary, MeetingPaper, ShareOutPaper, SheetLine
from reports.papers.pieces import Facts, SignBoxes
from reports.papers.values import amount, day
from resource_centre.i18n import _, language

_TO_WRITE: Final = 22.0
_TO_SIGN: Final = 26.0
_EMPTY_LINES: Final = 3
_FIGURES: Final = (
    "shares", "social_in", "fine", "debt", "repaid", "fee", "loan", "months", "social_out", "written_off",
)  # fmt: skip
_WHEN_WRITTEN: Final = ("social_out", "written_off")
"""Columns that are on a filled sheet only, and there only where they hold something."""


_LENT: Final = frozenset({"debt", "repaid", "fee", "loan", "months", "written_off"})
_WIDTHS: Final = {"shares": 28.0, "months": 32.0, "fine": 34.0, "fee": 36.0}


def draw_meeting_sheet(paper: MeetingPaper) -> bytes:
    """The PDF of a meeting's sheet."""
    return draw_paper(paper.heading, lambda: _meeting(paper), mark=CONFIDENTIAL)


def draw_share_out(paper: ShareOutPaper) -> bytes:
    """The PDF of the list of a share-out."""
    return draw_paper(paper.heading, lambda: _share_out(paper), mark=CONFIDENTIAL)


def draw_group_summary(paper: GroupSummary) -> bytes:
    """The PDF of a group on one page."""
    return draw_paper(paper.heading, lambda: _summary(paper), mark=CONFIDENTIAL)


def _meeting(paper: MeetingPaper) -> list[Flowable]:
    meeting = paper.meeting
    rules = _("A share costs {amount}").format(amount=amount(paper.group.share_value))
    most = paper.group.most_shares
    limit = _("at most {n} shares each").format(n=most) if most else ""
    fee = paper.group.loan_fee
    charge = _("loan fee {percent}% a month").format(percent=f"{fee:g}") if fee else ""
    lead = ", ".join(part for part in (rules, limit, charge) if part) + "."
    facts = [
        (_("Group"), paper.group.name),
        (_("Village"), paper.group.village),
        (_("Date"), day(meeting.meeting.held_on) if meeting else ""),
    ]
    signed = Facts([(role, "") for role in (_("Chair"), _("Treasurer"), _("Box keeper"))], columns=3, fill=True)
    return [
        FormHead(paper.heading, lead, coded=not paper.heading.blank),
        Facts(facts, columns=3, fill=meeting is None),
        *_lines(paper),
        *_box(paper),
        KeepTogether([space(0.5), signed]),
    ]


def _lines(paper: MeetingPaper) -> list[Flowable]:
    """The sheet; in two parts, what is saved and what is lent, where the amounts are too long for one line."""
    shown = [name for name in _FIGURES if name not in _WHEN_WRITTEN or _is_written(paper, name)]
    if paper.meeting is not None:
        shown = [name for name in shown if name in ("shares", "debt") or _is_written(paper, name)]
    try:
        return [_sheet(paper, shown)]
    except ValueError:
        parts = ([name for name in shown if name not in _LENT], [name for name in shown if name in _LENT])
        return [_sheet(paper, part) for part in parts if part]


def _is_written(paper: MeetingPaper, name: str) -> bool:
    return any(line.figures.get(name) for line in paper.lines)


def _sheet(paper: MeetingPaper, shown: Sequence[str]) -> Table:
    filled = paper.meeting is not None
    columns = [
        Column("", width=12),
        Column(_("Name"), numeric=False),
        Column(_("Present"), numeric=False, width=31),
        *(Column(_head(name), numeric=filled or name == "debt", width=_WIDTHS.get(name, 40.0)) for name in shown),
    ]
    rows = [Row((str(place), *_cells(line, shown))) for place, line in enumerate(paper.lines, 1)]
    if not filled:
        rows += [Row((str(len(rows) + more), *[""] * (len(columns) - 1))) for more in range(1, _EMPTY_LINES + 1)]
    sums = [sum(line.figures.get(name) or 0 for line in paper.lines) for name in shown]
    total = [_number(one) if name not in ("months", "debt") else "" for name, one in zip(shown, sums, strict=True)]
    rows.append(Row(("", _("Together"), "", *(total if filled else [""] * len(shown))), "total"))
    return table(columns, rows, least=0.0 if filled else _TO_WRITE)


def _cells(line: SheetLine, shown: Sequence[str]) -> tuple[str, ...]:
    known = {**line.figures, "debt": line.debt}
    present = _("H") if line.figures.get("present") else ""
    return (line.name, present, *(_number(known.get(name)) for name in shown))


def _head(name: str) -> str:
    return {
        "shares": _("Shares"),
        "social_in": _("Social fund"),
        "fine": _("Fine"),
        "debt": _("Owes"),
        "repaid": _("Paid back"),
        "fee": _("Loan fee"),
        "loan": _("New loan"),
        "months": _("Months"),
        "social_out": _("From social fund"),
        "written_off": _("Written off"),
    }[name]


def _box(paper: MeetingPaper) -> list[Flowable]:
    meeting = paper.meeting
    facts = [(_("In the box before"), amount(paper.opening))]
    if meeting is None:
        facts += [(name, "") for name in (_("Other income"), _("Cost of the group"), _("Paid out of the social fund"))]
        facts += [(_("The box must hold"), ""), (_("Cash counted in the box"), "")]
    else:
        facts += [
            (_("Other income"), amount(paper.own.get("other_income") or None)),
            (_("Cost of the group"), amount(paper.own.get("cost") or None)),
            (_("In and out"), f"+{amount(meeting.money_in)} / –{amount(meeting.money_out)}"),
            (_("The box must hold"), amount(meeting.expected)),
            (_("Cash counted in the box"), amount(meeting.meeting.counted)),
        ]
        if meeting.difference:
            facts.append((_("Why the box does not come out"), meeting.meeting.why or ""))
        if paper.signed_by:
            facts.append((_("Signed by"), paper.signed_by))
    return [KeepTogether([*subheading(_("The box")), Facts(facts, columns=3, fill=meeting is None)])]


def _share_out(paper: ShareOutPaper) -> list[Flowable]:
    planned = paper.planned
    lead = (
        _("Shared out on {day}.").format(day=day(paper.held_on))
        if paper.held_on
        else _("As it would be today. It is carried out in the program.")
    )
    facts = [
        *_named(paper.group),
        (_("Saved"), amount(planned.cycle.savings)),
        (_("Earned"), amount(planned.cycle.income + planned.cycle.carried)),
        (_("Lost"), amount(planned.cycle.losses)),
        (_("To be shared out"), amount(planned.fund)),
        (_("Shares"), _number(planned.shares)),
        (_("For each share"), amount(planned.per_share)),
        (_("Stays in the box, as it does not divide"), amount(planned.remainder)),
        (_("Stays in the box as social fund"), amount(planned.social)),
        (_("Return on savings"), _percent(planned.return_on_savings, decimals=1)),
    ]
    owed: list[Flowable] = []
    if paper.outstanding:
        words = _("{amount} of this is still lent out. It is paid back or written off before the share-out.")
        owed = [paragraph(words.format(amount=amount(paper.outstanding)), styles.NOTE_STYLE)]
    columns = [
        Column("", width=14),
        Column(_("Name"), numeric=False),
        Column(_("Shares"), width=44),
        Column(_("Saved"), width=72),
        Column(_("Gets"), width=76, strong=True),
        Column(_("Signature or thumbprint"), numeric=False, width=130),
    ]
    rows = [
        Row((str(place), one.name, _number(one.shares), amount(one.savings), amount(one.amount), ""))
        for place, one in enumerate(paper.lines, 1)
    ]
    together = (_number(planned.shares), amount(planned.cycle.savings), amount(planned.paid))
    rows.append(Row(("", _("Together"), *together, ""), "total"))
    signed = SignBoxes((_("Chair"), _("Treasurer"), _("Witness")))
    return [
        FormHead(paper.heading, lead, coded=not paper.heading.blank),
        Facts(facts, columns=3),
        *owed,
        table(columns, rows, least=_TO_SIGN),
        KeepTogether([space(0.5), signed]),
    ]


def _summary(paper: GroupSummary) -> list[Flowable]:
    lead = _("As the books stand on {day}.").format(day=day(paper.heading.printed_on))
    drawn: list[Flowable] = [
        FormHead(paper.heading, lead, coded=not paper.heading.blank),
        Facts(_summary_facts(paper), columns=3),
        *subheading(_("Members")),
        _members(paper),
    ]
    differing = [day(one.meeting.held_on) for one in paper.books.unexplained]
    if differing:
        words = _("The box did not come out and nobody said why: {days}").format(days=", ".join(differing))
        drawn.append(paragraph(words, styles.BODY_STYLE))
    if paper.late:
        drawn += [*subheading(_("Loans that have fallen due")), _late(paper)]
    return drawn


def _summary_facts(paper: GroupSummary) -> list[tuple[str, str]]:
    books, cycle = paper.books, paper.books.cycle
    members = paper.women + paper.men + paper.unknown
    sexes = _("{women} women, {men} men").format(women=paper.women, men=paper.men)
    risk = _("Late for more than {days} days (PAR)").format(days=paper.days)
    return [
        *_named(paper.group),
        (_("Members"), f"{members} ({sexes})"),
        (_("Meetings in this cycle"), _number(len(cycle.meetings))),
        (_("Attendance"), _percent(_share(sum(one.came for one in paper.lines), sum(one.held for one in paper.lines)))),
        (_("Saved"), amount(cycle.savings)),
        (_("Saved by each member"), amount(cycle.savings // members) if members else "–"),
        (_("Earned and lost"), f"+{amount(cycle.income)} / –{amount(cycle.losses)}"),
        (_("In the box"), amount(books.box)),
        (_("Loan fund in the box"), amount(books.fund_cash)),
        (_("Social fund"), amount(books.social)),
        (_("Lent out"), amount(books.outstanding)),
        (_("Lent out of the fund"), _percent(books.utilisation)),
        (_("Overdue"), amount(paper.overdue)),
        (risk, _percent(paper.at_risk)),
    ]


def _members(paper: GroupSummary) -> Table:
    columns = [
        Column("", width=14),
        Column(_("Name"), numeric=False),
        Column(_("Shares"), width=44),
        Column(_("Saved"), width=76),
        Column(_("Owes"), width=76),
        Column(_("Attendance"), width=64),
    ]
    rows = [
        Row(
            (
                str(place),
                f"{one.name} ({_('has left')})" if one.left else one.name,
                _number(one.shares),
                amount(one.savings or None),
                amount(one.debt or None),
                _percent(_share(one.came, one.held)),
            )
        )
        for place, one in enumerate(paper.lines, 1)
    ]
    cycle = paper.books.cycle
    together = (_number(cycle.shares), amount(cycle.savings), amount(paper.books.outstanding), "")
    return table(columns, [*rows, Row(("", _("Together"), *together), "total")])


def _late(paper: GroupSummary) -> Table:
    columns = [
        Column(_("Member"), numeric=False),
        Column(_("Due on"), numeric=False, width=110),
        Column(_("Days late"), width=60),
        Column(_("Owes"), width=80),
    ]
    on = paper.heading.printed_on
    rows = [
        Row((name, day(one.due_on), _number(one.days_late(on)), amount(one.outstanding))) for name, one in paper.late
    ]
    return table(columns, rows)


def _named(group: GroupFacts) -> list[tuple[str, str]]:
    return [
        (_("Group"), group.name),
        (_("Village"), group.village),
        (_("This cycle began on"), day(group.cycle_begins_on)),
    ]


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _percent(share: float | None, *, decimals: int = 0) -> str:
    return "–" if share is None else f"{number(share * 100, language(), decimals=decimals)}%"


def _number(value: object) -> str:
    return number(value, language()) if isinstance(value, int) and not isinstance(value, bool) and value else ""
