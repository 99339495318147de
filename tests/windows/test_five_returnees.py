"""Five people come home. Each goes from the front desk to the closing of the case, by keyboard alone, in English; the
month's report then counts exactly what was done."""

import pytest
from PySide6.QtTest import QTest
from sqlalchemy import select

from resource_centre.clock import today
from resource_centre.records import (
    Assistance,
    Case,
    Complaint,
    CounsellingSession,
    ExploitationScreening,
    FollowUp,
    HealthNeed,
    HouseholdMember,
    MigrationEpisode,
    Plan,
    PlanAction,
    PlanNeed,
    ProtectionConcern,
    ProtectionMark,
    Referral,
    Skill,
)
from ui.pages.case_parts import CASE_PARTS

pytestmark = pytest.mark.journeys

STEPS = ("Identity", "Safe contact", "Household", "Migration", "Return", "Work and skills", "Health needs", "Money",
         "Arrival and papers", "Consent")  # fmt: skip
PARTS = [title for _key, title, _place in CASE_PARTS]
SUGGESTED_AFTER = 600


class Counsellor:
    """What a counsellor does with the keyboard, in the words of the window."""

    def __init__(self, keyboard, program):
        self.keys, self.program = keyboard, program

    def fill(self, **answers):
        """Questions by their words; an answer that is one of a few side by side stands in a tuple."""
        for name, words in answers.items():
            if isinstance(words, tuple):
                self.keys.choose(name, words[0])
            else:
                self.keys.answer(name, words)

    def suggest(self, name, words):
        """Type, wait for the list below the line, take its first entry."""
        self.keys.answer(name, words)
        QTest.qWait(SUGGESTED_AFTER)
        self.keys.press("Down")
        self.keys.press("Return")

    def save(self):
        self.keys.tab()
        self.keys.press("Ctrl+S")

    def push(self, *names):
        for name in names:
            self.keys.push(name)

    def arrives(self, **about):
        """At the front desk; then the intake begins with what is known."""
        self.push("Front desk")
        self.fill(**about)
        self.save()
        self.push("Register")

    def registers(self, **about):
        self.fill(**about)
        self.keys.choose("Will the centre accompany this person? (opens a case)", "Yes")
        self.save()

    def step(self, name):
        """A step of the intake."""
        self.keys.press("Ctrl+PgUp", len(STEPS))
        self.keys.press("Ctrl+PgDown", STEPS.index(name))

    def agrees(self, purpose):
        self.push(f"Agrees: {purpose}")
        self.keys.press("Ctrl+S")

    def case(self):
        """From the intake over the person's page to the case."""
        self.push("To the person's page")
        self.keys.to_beginning("Case ")
        self.keys.press("Space")

    def part(self, name):
        self.keys.to("Parts of the case")
        self.keys.press("Left", len(PARTS))
        self.keys.press("Right", PARTS.index(name))

    def add(self, part, what, **answers):
        self.part(part)
        self.push(what)
        self.fill(**answers)
        self.save()

    def knows_provider(self, **about):
        self.push("Referrals")
        self.keys.to_kind("QTabBar")
        self.keys.press("Right")
        self.push("Add a provider")
        self.fill(**about)
        self.save()

    def refers(self, provider, *, sends, **about):
        self.part("Referrals")
        self.push("New referral")
        self.suggest("Provider", provider)
        self.fill(**about, **{"How it is sent": sends})
        self.save()
        self.push("Send…")
        self.keys.press("Ctrl+S")

    def closes(self, reason, **answers):
        self.part("Closing")
        self.push("Close the case…")
        self.fill(**{"Reason for closing": reason, "Was the client told?": ("Yes",), **answers})
        self.save()

    def all(self, record, **having):
        def ask(session):
            return session.scalars(select(record).filter_by(voided=False, **having).order_by(record.id)).all()

        with self.program.worker.centre.read() as session:
            return ask(session)

    def only(self, record, **having):
        found = self.all(record, **having)
        assert len(found) == 1, f"{len(found)} of {record.__name__}"
        return found[0]

    def month(self):
        """This month's figures as the report prints them."""
        from reports.monthly.figures import monthly_figures

        with self.program.worker.centre.read() as session:
            return monthly_figures(session, today().isoformat()[:7]).as_dict()


def counted(table, *names):
    """The month's totals of some rows of a table."""
    return tuple(table[name]["month"]["total"] for name in names)


@pytest.fixture
def counsellor(keyboard, opened):
    return Counsellor(keyboard, opened)


def test_a_deported_woman_with_a_child(counsellor):
    c = counsellor
    c.knows_provider(**{"Name": "Puskesmas Selong", "Kind of provider": "Puskesmas", "Services": "Health"})
    c.arrives(**{"Client type": "Returnee", "Reasons for the visit": "Loan", "Outcome": "Became a case"})
    c.registers(**{"Full name": "Sumiati", "Sex": ("Female",), "Date of birth": "1991", "Village": "selong"})
    c.step("Household")
    c.fill(Women="2", Boys="1")
    c.push("Add a member: Who are they?")
    c.fill(**{"Relation": "Child", "Sex": ("Male",), "Age": "6", "Came back together?": ("Yes",)})
    c.save()
    c.step("Migration")
    c.fill(**{"Destination country": "Malaysia", "Departure": "3-2021", "Procedural?": "Non-procedural"})
    c.fill(**{"Return": today().strftime("1-%m-%Y"), "Kind of return": "Deportation"})
    c.save()
    c.step("Consent")
    c.agrees("Registration and service")
    c.agrees("Referral to another body")
    c.push("Refuses: Photographs and stories")
    c.case()
    c.push("Assessment", "Planning", "In progress")
    c.add("Plan", "Begin the plan", **{"Prepared with": "Client", "The client's own goal": "A small shop"})
    c.add("Plan", "Add a goal: Economic", Goal="The shop is open")
    c.add("Plan", "Add an action: Economic", **{"Action": "Buy a display case", "Cost (Rp)": "2500000"})
    c.push("Put in force")
    c.add("Counselling", "New session", **{"Kind of counselling": "Reintegration", "Minutes": "60"})
    c.refers("Puskesmas", sends="Letter", **{"Services requested": "Health", "Reason": "A check-up for the child"})
    c.push("The provider's answer…")
    c.keys.choose("What the provider says", "Accepts")
    c.keys.press("Ctrl+S")
    given = {"Kind of assistance": "Business capital", "Amount or value": "2500000", "Receipt number": "K-17"}
    c.add("Assistance", "Something was given", **given)
    c.closes("Goals reached", **{"Why referrals stay open": "They go on by themselves."})
    case = c.only(Case)
    assert (case.status, case.closure_reason, case.client_told) == ("ditutup", "TUJUAN_TERCAPAI", True)
    assert case.keep_until.year == today().year + 5
    assert c.only(HouseholdMember).came_along is True
    assert c.only(MigrationEpisode).return_type == "DEPORTASI"
    assert c.only(Referral).status == "diterima"
    assert c.only(PlanAction).cost == c.only(Assistance).amount == 2_500_000
    month = c.month()
    assert counted(month["R13"], "opened", "closed", "open_at_end") == (1, 1, 0)
    assert counted(month["R14"], "made", "in_time") == (1, 1)
    assert [line["month"]["accepted"] for line in month["R18"]] == [1]
    assert [(line["currency"], line["amount"][0]) for line in month["assistance"]] == [("IDR", 2_500_000)]
    assert [line["code"] for line in month["R6"]] == ["DEPORTASI"]


def test_an_ill_man(counsellor):
    c = counsellor
    c.knows_provider(**{"Name": "RSUD Selong", "Kind of provider": "Hospital", "Services": "Health"})
    c.arrives(**{"Client type": "Returnee", "Reasons for the visit": "Health care", "Outcome": "Referred"})
    c.registers(**{"Full name": "Kasim", "Sex": ("Male",), "Date of birth": "1979", "Village": "selong"})
    c.step("Migration")
    c.fill(**{"Destination country": "Saudi Arabia", "Departure": "2019", "Procedural?": "Procedural"})
    c.fill(**{"Return": today().strftime("%m-%Y"), "Kind of return": "Returned ill"})
    c.save()
    c.step("Health needs")
    c.fill(**{"General condition": ("Seriously ill",), "Needs care at once?": ("Yes",)})
    c.save()
    c.step("Consent")
    c.agrees("Referral to another body")
    c.case()
    c.push("In progress")
    c.refers(
        "RSUD",
        sends="Telephone",
        **{"Services requested": "Health", "Urgency": "Emergency", "Reason": "Pain in the chest"},
    )
    c.push("The provider's answer…")
    c.keys.choose("What the provider says", "Accepts")
    c.keys.press("Ctrl+S")
    c.push("The client was served…")
    c.keys.press("Ctrl+S")
    c.push("Conclude…")
    c.keys.press("Ctrl+S")
    crisis = {"Kind of counselling": "Family", "Session": "Crisis", "Risk of harm": ("None",), "Minutes": "30"}
    c.add("Counselling", "New session", **crisis)
    c.closes("Fully handed over")
    assert c.only(HealthNeed).urgent_care is True
    referral = c.only(Referral)
    assert (referral.status, referral.urgency) == ("selesai", "darurat")
    assert c.only(CounsellingSession).session_type == "krisis"
    assert c.only(Case).closure_reason == "DIALIHKAN"
    month = c.month()
    assert [line["month"]["completed"] for line in month["R18"]] == [1]
    assert [line["code"] for line in month["R13"]["reasons"]] == ["DIALIHKAN"]


def test_a_person_with_indications_of_trafficking(counsellor):
    c = counsellor
    c.arrives(**{"Client type": "Returnee", "Reasons for the visit": "Reporting a problem"})
    c.registers(**{"Full name": "Rohani", "Sex": ("Female",), "Date of birth": "2001", "Village": "selong"})
    c.step("Consent")
    c.push("Screening")
    c.keys.choose("Agreed to be asked, in private?", "Yes")
    c.fill(**{
        "Was work promised that turned out to be different?": ("Yes",),
        "Kept from going where they wanted?": ("Yes",),
        "Were identity or travel papers taken away?": ("Yes",),
    })  # fmt: skip
    c.keys.press("Ctrl+S")
    c.case()
    violence = {
        "Kind of complaint": "Physical violence",
        "Against whom": "Employer",
        "What happened": "She was beaten.",
    }
    c.add("Complaints", "New complaint", **violence)
    c.add("Counselling", "New session", **{"Kind of counselling": "Reintegration", "Minutes": "45"})
    c.closes("Insecurity")
    assert c.only(ProtectionMark).since == today()
    assert c.all(ProtectionConcern) == c.all(ExploitationScreening) == [], "a coordinator reads nothing of it"
    complaint = c.only(Complaint)
    assert (complaint.complaint_type, complaint.account) == ("PERLINDUNGAN_KHUSUS", None)
    month = c.month()
    assert [(line["code"], line["month"]["total"]) for line in month["R11"]] == [("PERLINDUNGAN_KHUSUS", 1)]
    assert "beaten" not in str(month)
    assert "TPPO" not in str(month)


def test_an_elderly_worker_with_unpaid_wages(counsellor):
    c = counsellor
    c.arrives(**{"Client type": "Returnee", "Reasons for the visit": "Wage"})
    c.registers(**{"Full name": "Haji Mahsun", "Sex": ("Male",), "Date of birth": "17-8-1958", "Village": "selong"})
    c.step("Migration")
    c.fill(**{"Destination country": "Malaysia", "Departure": "2010", "Procedural?": "Procedural"})
    c.fill(**{"Currency of the wage": "MYR", "Promised wage a month": "1500", "Return": today().strftime("%Y")})
    c.fill(**{"Kind of return": "Contract completed"})
    c.save()
    c.case()
    wages = {
        "Kind of complaint": "Wages not paid",
        "Against whom": "Employer",
        "Currency": "MYR",
        "Amount claimed": "4500",
    }
    c.add("Complaints", "New complaint", **wages)
    c.push("Lodge it…")
    c.fill(**{"Lodged with": "KBRI Kuala Lumpur", "Their reference": "KL-2026-17"})
    c.save()
    c.push("There is a result…")
    c.fill(**{"Result": "Settled", "Amount awarded": "4500", "Amount recovered": "4000"})
    c.save()
    c.push("Close…")
    c.save()
    c.add("Follow-ups", "Plan a follow-up", Purpose="Has the money come?")
    c.closes("Goals reached")
    complaint = c.only(Complaint)
    assert (complaint.currency, complaint.claimed, complaint.recovered) == ("MYR", 4500, 4000)
    assert (complaint.status, complaint.result) == ("ditutup", "damai")
    assert c.all(FollowUp) == [], "taken back with the closing of the case"
    month = c.month()
    assert [(line["code"], line["month"]["total"]) for line in month["R11"]] == [("LANSIA", 1)]
    money = [(line["currency"], line["claimed"][0], line["recovered"][0]) for line in month["R19"]["money"]]
    assert money == [("MYR", 4500, 4000)]


def test_a_returning_student_intern(counsellor):
    c = counsellor
    c.arrives(**{"Client type": "Returnee", "Reasons for the visit": "Looking for work"})
    c.registers(**{"Full name": "Lalu Fajar", "Sex": ("Male",), "Date of birth": "3-2005", "Village": "selong"})
    c.step("Migration")
    c.fill(**{"Destination country": "Taiwan", "Departure": "9-2025", "Procedural?": "Mixed", "Visa": "Student"})
    c.fill(**{"Return": today().strftime("%m-%Y"), "Kind of return": "Voluntary"})
    c.save()
    c.step("Work and skills")
    c.push("Add a skill: What can you do well?")
    c.fill(**{"Skill": "Machine operator", "Level": "Intermediate", "Certificate?": ("Yes",)})
    c.save()
    c.case()
    c.push("Planning")
    c.add("Plan", "Begin the plan", **{"Prepared with": "Client", "The client's own goal": "Work with machines here"})
    c.add("Plan", "Add needs: Economic", Needs="Job placement")
    c.add("Plan", "Add a goal: Economic", Goal="A place at a workshop")
    c.add("Plan", "Add an action: Economic", Action="Course at the BLK", Responsible="Ratna")
    c.push("Put in force")
    c.add("Counselling", "New session", **{"Kind of counselling": "Career", "Minutes": "40"})
    c.closes("Migrated again")
    assert [one.skill for one in c.all(Skill)] == ["Machine operator"]
    assert c.only(MigrationEpisode).visa_type == "pelajar"
    assert c.only(PlanNeed).need == "penempatan_kerja"
    assert c.only(Plan).status == "aktif"
    assert c.only(Case).closure_reason == "MIGRASI_ULANG"
    month = c.month()
    assert counted(month["R14"], "made", "in_time") == (1, 1)
    assert [(line["dimension"], line["planned"][0]) for line in month["R14"]["goals"]] == [("ekonomi", 1)]
    assert [line["code"] for line in month["R7"]] == ["TWN"]
