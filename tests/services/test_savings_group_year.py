# SPDX-License-Identifier: Apache-2.0
"""A savings group's year against a box of its own, and books that balance whatever the order of what is entered."""

from __future__ import annotations

import datetime as dt
import os
import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resource_centre.log import doctor
from resource_centre.services import group_books as books
from resource_centre.services.group_books import Entry, Meeting, balance, share_out
from resource_centre.services.group_meetings import carry_out_share_out, save_meeting
from resource_centre.services.savings_groups import add_member, books_of, start_group

SHARE = 10_000


class Box:
    """A tin with money in it and a school exercise book, kept by somebody who has never seen the program."""

    def __init__(self, names):
        self.social = self.loan_fund = self.earned = self.lost = 0
        self.bought = dict.fromkeys(names, 0)
        self.owing = {name: [] for name in names}

    def line(self, name, draw):
        """What this member does this time: a line as the window gives it, and the tin after it."""
        line = {"member_id": name, "present": draw.random() < 0.9, "shares": draw.randrange(0, 6), "social_in": 2000}
        self.bought[name] += line["shares"]
        self.loan_fund += line["shares"] * SHARE
        self.social += 2000
        if not line["present"]:
            line["fine"] = 3000
            self.loan_fund += 3000
            self.earned += 3000
        owed = sum(self.owing[name])
        if owed and draw.random() < 0.7:
            line["repaid"] = draw.choice([owed, max(1, owed // 2)])
            line["fee"] = owed * 2 // 100
            self.loan_fund += line["repaid"] + line["fee"]
            self.earned += line["fee"]
            self.pay(name, line["repaid"])
        return line

    def pay(self, name, amount):
        while amount:
            part = min(amount, self.owing[name][0])
            self.owing[name][0] -= part
            amount -= part
            if not self.owing[name][0]:
                self.owing[name].pop(0)

    def lend(self, line, draw):
        if self.loan_fund > 50_000 and draw.random() < 0.4:
            line["loan"] = draw.randrange(1, self.loan_fund // 2)
            line["months"] = draw.randrange(1, 4)
            self.loan_fund -= line["loan"]
            self.owing[line["member_id"]].append(line["loan"])

    @property
    def cash(self):
        return self.social + self.loan_fund


def a_year(session, seed):
    """Twenty-four meetings of twelve members, then every loan settled: the group and the tin."""
    draw = random.Random(seed)
    rules = {"name": "Melati", "village_code": "52.03.01.2001", "cycle_begins_on": dt.date(2025, 1, 1)}
    group = start_group(session, rules | {"share_value": SHARE, "most_shares": 5, "loan_fee": 2.0})
    names = [add_member(session, group.id, {"name": f"Anggota {n}", "sex": "P"}).id for n in range(12)]
    tin = Box(names)
    on = dt.date(2025, 1, 6)
    for _meeting in range(24):
        lines = [tin.line(name, draw) for name in names]
        for line in lines:
            tin.lend(line, draw)
        values = {"held_on": on, "cost": 5000, "other_income": 0}
        tin.loan_fund -= 5000
        tin.lost += 5000
        save_meeting(session, group.id, values | {"cash_counted": tin.cash}, lines)
        on += dt.timedelta(days=14)
    return group, tin, names, on


def settle(session, group, tin, names, on):
    """The last meeting: everybody pays back but one, whose debt is written off."""
    lines = []
    debtors = [name for name in names if tin.owing[name]]
    for name in debtors:
        owed = sum(tin.owing[name])
        tin.pay(name, owed)
        if name == debtors[0]:
            lines.append({"member_id": name, "written_off": owed})
            tin.lost += owed
        else:
            lines.append({"member_id": name, "repaid": owed})
            tin.loan_fund += owed
    save_meeting(session, group.id, {"held_on": on, "cash_counted": tin.cash}, lines)


@pytest.mark.models
@pytest.mark.parametrize("seed", range(1, 1 + int(os.environ.get("CENTRE_EXAMPLES", "10")) // 10))
def test_a_year_comes_out_as_the_tin_does(session, seed):
    group, tin, names, on = a_year(session, seed)
    midway = books_of(session, group.id)
    assert (midway.box, midway.social, midway.fund_cash) == (tin.cash, tin.social, tin.loan_fund)
    assert {name: midway.debt_of(name) for name in names} == {name: sum(tin.owing[name]) for name in names}
    settle(session, group, tin, names, on)
    shares = sum(tin.bought.values())
    worth = Fraction(shares * SHARE + tin.earned - tin.lost, shares)
    planned = share_out(books_of(session, group.id))
    assert planned.per_share == int(worth)
    assert {one.member_id: one.amount for one in planned.payouts} == {
        name: int(worth) * tin.bought[name] for name in names if tin.bought[name]
    }
    assert planned.remainder == worth * shares - int(worth) * shares
    carry_out_share_out(session, group.id, {"held_on": on, "cash_counted": tin.social + planned.remainder})
    done = books_of(session, group.id)
    assert (done.box, done.outstanding, done.cycle.is_closed) == (tin.social + planned.remainder, 0, True)
    assert list(doctor.examine(session.connection())) == []


money = st.integers(0, 10**9)
kinds = st.sampled_from(
    [books.SHARES, books.SOCIAL_IN, books.SOCIAL_OUT, books.FINE, books.FEE, books.OTHER_INCOME, books.COST]
)
plain = st.builds(Entry, kind=kinds, amount=money, shares=st.integers(1, 9), member_id=st.sampled_from("abc"))


@st.composite
def meetings(draw):
    """Some meetings with loans that are paid back or written off at a later one, in any order."""
    made = []
    owed = {}
    for number in range(draw(st.integers(1, 6))):
        entries = draw(st.lists(plain, max_size=6))
        for loan in list(owed):
            part = draw(st.integers(0, owed[loan]))
            owed[loan] -= part
            kind = draw(st.sampled_from([books.REPAID, books.WRITTEN_OFF]))
            entries.append(Entry(kind, amount=part, member_id="a", loan_id=loan))
        lent = draw(st.integers(1, 10**9))
        entries.append(Entry(books.LOAN, amount=lent, member_id="a", months=1, id=f"loan {number}"))
        owed[f"loan {number}"] = lent
        why = draw(st.sampled_from([None, "because"]))
        on = dt.date(2026, 1, 1) + dt.timedelta(days=number)
        made.append(Meeting(f"{number}", on, tuple(draw(st.permutations(entries))), draw(money), why))
    return draw(st.permutations(made)), owed


@settings(max_examples=150, deadline=None)
@given(meetings())
def test_the_books_balance_whatever_the_order(given_meetings):
    several, owed = given_meetings
    done = balance(several)
    assert done.outstanding == sum(owed.values())
    assert done.cycle.fund == done.fund_cash + done.outstanding
    assert done.box == done.social + done.fund_cash
    for before, after in zip(done.meetings, done.meetings[1:], strict=False):
        assert after.opening == before.closing
    assert done == balance(sorted(several, key=lambda one: one.id))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcde"), st.integers(1, 9)), min_size=1), money)
def test_a_share_out_pays_no_rupiah_too_much_and_keeps_none_back(bought, earned):
    entries = [Entry(books.SHARES, amount=shares * 1000, shares=shares, member_id=who) for who, shares in bought]
    entries.append(Entry(books.OTHER_INCOME, amount=earned))
    planned = share_out(balance([Meeting("1", dt.date(2026, 1, 1), tuple(entries))]))
    assert planned.paid + planned.remainder == planned.fund
    assert 0 <= planned.remainder < planned.shares
