# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a field, said once: the form shows it beside the field, the importer with row and column."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from resource_centre.i18n import N_, _

Severity = Literal["error", "warning"]

WORDS = {
    "required": N_("Please fill this in, or say why there is no answer."),
    "not_a_date": N_("This is not a date we understand. Write for example 2019, 5-2019 or 17-5-2019."),
    "date_in_future": N_("This date is in the future."),
    "before_birth": N_("This is before the date of birth."),
    "born_after_stay": N_("A stay abroad that is written down lies before this date of birth."),
    "return_before_departure": N_("The return is before the departure."),
    "not_in_list": N_("This answer is not in the list."),
    "not_a_place": N_("We do not know this place. Choose one from the list that opens as you type."),
    "not_a_number": N_("This is not a number."),
    "negative": N_("This cannot be less than zero."),
    "out_of_range": N_("This is outside the possible range."),
    "ends_before_start": N_("The end is before the start."),
    "nik_length": N_("A NIK has 16 digits."),
    "nik_day": N_("The NIK does not hold a possible day of birth."),
    "nik_date": N_("The NIK does not hold a possible date of birth."),
    "nik_province": N_("The NIK begins with a province code we do not know."),
    "nik_regency": N_("The NIK begins with a regency code we do not know; older cards may have one."),
    "nik_serial": N_("The last four digits of the NIK are zero: please check them."),
    "nik_sex": N_("The NIK says another sex than the answer given. Please check both."),
    "nik_birth": N_("The NIK says another date of birth than the answer given. Please check both."),
    "passport_form": N_("This does not look like a passport number."),
    "phone_form": N_("This does not look like a telephone number."),
    "already_known": N_("Somebody with this number is registered already."),
    "out_of_scope": N_("This village is not one of yours."),
    "too_long": N_("This is too long."),
    "next_before_session": N_("The next meeting is before this session."),
    "risk_without_action": N_("Please write what was done about the risk."),
    "names_diagnosis": N_("This names a diagnosis. Please write what you saw and heard, in plain words."),
    "already_done": N_("This follow-up is done already, perhaps by a colleague. Please look at it again."),
    "of_one_person": N_("This is said of one person: write it in a session of their own."),
    "already_open": N_("This person has an open case already."),
    "referrals_open": N_("Referrals of this case are still open. End them first, or say here why they stay open."),
    "draft_begun": N_("A new version of the plan is begun already. Go on with that one."),
    "no_such_step": N_("This step does not follow from the present state."),
    "already_listed": N_("This person is on the sheet already."),
    "not_a_mark": N_("Attendance marks are H present, T late, I excused, A absent and - not marked."),
    "more_than_borrowed": N_("More is owed than was borrowed. That may be the interest; please check."),
    "names_hiv": N_("This text names what must never be written down about anybody. Please leave it out."),
    "before_told": N_("This is before the day on which it was told. Please check."),
    "already_taken": N_("This name is taken."),
    "before_last_step": N_("This is before the step that comes first."),
    "names_the_client": N_("Behind a case code nothing may be ticked that says who the client is."),
    "name_in_text": N_("This text names the client, though a case code stands in place of the name."),
    "not_in_directory": N_("Choose an entry of the directory, or add a new one there first."),
    "only_emergencies": N_("The telephone is for emergencies only. Choose another way."),
    "nothing_on_letter": N_("Please tick what may be on the letter."),
    "already_sent": N_("The letter is sent: what is on it can no longer be changed."),
    "no_consent": N_("The client has not agreed to this letter. Please ask, and write down the answer."),
    "no_consent_emergency": N_("Without the client's consent an emergency is sent only with a note that says why."),
    "recovered_over_awarded": N_("More was recovered than awarded. Please check both amounts."),
    "day_missing": N_("Please say on which day."),
    "register_first": N_("This is for the protection officer only. Register the person first, then write it there."),
    "special_protection": N_("This matter is kept by the protection officer and is not changed here."),
    "screening_stops": N_("Without their agreement nothing is asked: please take the answers out again."),
    "unnamed": N_("Nobody is named here yet: register the person, or link this to somebody known."),
    "guardian_needed": N_("This person is under 18: please name the guardian who agrees with them."),
    "witness_needed": N_("A consent given in this way needs a witness."),
    "own_record": N_("This is the person's own record."),
    "already_linked": N_("These two are linked already."),
    "file_empty": N_("This file is empty."),
    "file_kind": N_("Only photos (JPEG, PNG, WebP, TIFF) and PDFs can be attached. This file is something else."),
    "file_damaged": N_("This file is damaged, or not what its beginning says. Scan or photograph it again."),
    "file_too_big": N_("This file is too large. Scan it again with fewer pages or a lower resolution."),
    "photo_too_many_pixels": N_("This picture has too many pixels to be opened safely. Make it smaller first."),
    "photo_several": N_("There are several pictures in this file. Save it as a PDF, or each one for itself."),
    "photo_heic": N_("This is an iPhone photo (HEIC). Send it as a JPEG and attach that."),
    "pdf_locked": N_("This PDF opens with a passphrase only. Print it to a new PDF and attach that."),
    "pdf_active": N_("This PDF holds a program or other files. Print it to a new PDF and attach that."),
    "pdf_too_many_pages": N_("This PDF has too many pages. Attach only those that are needed."),
    "required_unanswered": N_("This needs an answer. If there is none, say why."),
    "constraint": N_("This answer does not fit what the questionnaire asks for."),
    "not_whole": N_("This must be a whole number."),
    "not_a_day": N_("This is not a date of the calendar."),
    "not_a_time": N_("This is not a time of day."),
    "not_a_moment": N_("This is not a date with a time of day."),
    "not_a_point": N_("This is not a place on the map: write latitude and longitude, such as -8.58 116.12."),
    "off_step": N_("This is between the steps of the scale."),
    "choice_gone": N_("This answer is no longer offered. Please choose again."),
    "chosen_twice": N_("The same answer is given twice."),
    "rank_incomplete": N_("Please put all of them in order."),
    "too_many_turns": N_("This is repeated more often than can be filled in. Please check the number it follows from."),
    "not_worked_out": N_("The questionnaire asks here for more than can be worked out."),
    "version_taken": N_("This version has been published with other questions. Please give the form a new version."),
    "sensitivity_loosened": N_(
        "What was promised to few is not shown to more. Give the form another form_id for that."
    ),
    "already_answered": N_("Answers have been given already. Give the form another form_id to change this."),
    "questionnaire_withdrawn": N_("This questionnaire was no longer asked on that day."),
    "other_version": N_("These answers stay with the version they were given to."),
    "zero_amount": N_("This must be more than nothing."),
    "wanted_before_begun": N_("The day it is wanted by is before the day it was begun."),
    "below_zero": N_("There is less than that: the savings of a goal cannot go below zero."),
    "before_goal": N_("This is before the goal was begun."),
    "month_taken": N_("There is a budget of this month already. Open that one."),
    "no_lines": N_("Nothing came in and nothing went out: write at least one amount."),
    "whole_month": N_("Please name one month, such as 11-2026."),
    "shares_not_hundred": N_("What the money is for must come to exactly 100 per cent."),
    "share_twice": N_("The same use stands here twice."),
    "rate_missing": N_("Money in another currency needs the rate and the day of it."),
    "fee_over_amount": N_("The fee is more than what is sent."),
    "below_interest": N_("The debts grow by more than this each month: they would never end."),
    "below_instalments": N_("The instalments together are more than this."),
    "debts_incomplete": N_("Of no debt both what is still owed and the interest are known. Ask for them first."),
    "no_debts": N_("No debts are written down. Add them first."),
    "not_given": N_("This was never agreed to, or has been withdrawn already."),
    "above_zero": N_("This must be more than zero."),
    "rule_in_use": N_("Meetings of this cycle were held under this rule. It can change with the next cycle."),
    "cycle_under_way": N_("This cycle is still under way. Share out first."),
    "before_share_out": N_("This is before the share-out."),
    "cycle_shared_out": N_("This cycle has been shared out. Begin a new one first."),
    "before_cycle": N_("This is before the cycle began."),
    "meeting_order": N_("Meetings are written down in their order; there is another one on this day or after it."),
    "already_member": N_("This person is in the group already."),
    "not_a_member": N_("This is not a member of the group."),
    "member_left": N_("This member had left the group by that day."),
    "member_not_yet": N_("This member had not joined the group by that day."),
    "member_in_debt": N_("This member still owes the group something."),
    "member_in_books": N_("This member is in the books already. Write down the day on which they left instead."),
    "too_many_shares": N_("These are more shares than the group's rules allow at one meeting."),
    "months_needed": N_("Please say in how many months the loan is to be paid back."),
    "above_debt": N_("This is more than the member owes."),
    "above_box": N_("There is not that much in the box; the social fund is kept apart."),
    "above_social_fund": N_("There is not that much in the social fund."),
    "count_box": N_("Please count the box and write down what it holds."),
    "box_differs": N_("The box does not hold what the books say. Count again, or write down why."),
    "count_unexplained": N_("At a meeting the box did not come out and nobody said why. Please explain it first."),
    "loans_outstanding": N_("Loans are still outstanding. They are paid back or written off before the share-out."),
    "nothing_to_share": N_("No shares have been bought in this cycle."),
    "trains_self": N_("Nobody is trained by themself. Choose who trained them, or leave this empty."),
    "trained_in_circle": N_(
        "That trainer was trained by this one, directly or through others. One of the two is wrong."
    ),
    "already_trainer": N_("This person is registered as a trainer already."),
    "certified_before_training": N_("Certified before the training at which they learnt it. Please check both days."),
    "certified_before_trainer": N_("Certified before the one who trained them. Please check both days."),
    "not_of_trainers": N_("Only a training of trainers makes trainers. Change the kind of the event first."),
    "trainer_twice": N_("This trainer is on the list already."),
    "second_lead": N_("An event has one lead trainer. Choose another part for one of the two."),
    "trainer_in_use": N_("They have taught or trained others. Write down since when they teach no longer instead."),
    "not_completed": N_("Too few of the days were attended for a certificate."),
    "event_called_off": N_("The event was called off."),
    "before_event_ends": N_("This is before the last day of the event."),
    "longer_than_a_day": N_("A module fits into one day. Write fewer minutes, or make two modules of it."),
    "title_twice": N_("Another module of this curriculum has this title."),
    "no_modules": N_("There is no module in it yet. Add one first."),
    "edition_taken": N_("Another version of this curriculum is called so. Please choose another."),
    "version_begun": N_("A new version is begun already. Go on with that one, or let go of it first."),
    "version_published": N_("This version is published and stays as it is. Make a new version to change it."),
    "due_before_meeting": N_("This is before the meeting at which it was agreed."),
    "ended_before_meeting": N_("It cannot have ended before the meeting at which it was agreed."),
    "result_missing": N_("Please say what became of it, or why it was dropped."),
    "not_ended": N_("It has not ended yet. Say first that it is done or dropped."),
    "reopen_first": N_("It has ended. Take it up again first, and say why."),
    "known_partner": N_("A partner of this name is on the list already. Please check that it is another one."),
    "partner_ended": N_("By that day they were no longer a partner."),
    "promised_only": N_("A day to come is only possible for what is promised so far."),
    "withdrawal_reason": N_("Please say why it is taken back."),
    "partner_contributed": N_("They have contributed something. Write down since when they are no longer a partner."),
    "letter_not_offered": N_("This question has no answer with this letter."),
    "too_many_letters": N_("The test does not have that many questions."),
    "not_on_sheet": N_("This participant is not on the attendance sheet of the event."),
    "other_test_version": N_(
        "The test before was answered in another version. Before and after are compared in one version only."
    ),
    "other_event": N_("These answers name a participant of another event."),
    "linked_already": N_("This line is linked to somebody else. Undo that first."),
    "two_sheets": N_("Only two lines of one sheet can be made one."),
    "two_people": N_("The two lines are linked to two people. Undo one of the links first."),
    "line_certified": N_("That line has a certificate. Keep that one, or withdraw the certificate first."),
    "score_above": N_("A score cannot be above the highest possible one."),
    "not_a_score": N_("This is no score. Write 65, or 7/10."),
    "day_outside": N_("Marked on a day on which the event does not meet. Clear the mark, or add the day above."),
    "listed_twice": N_("The same name is on the sheet twice. Are they two people?"),
    "day_twice": N_("One of these days stands here twice."),
    "named_day_outside": N_("One of these days is before the first day or after the last."),
    "too_many_days": N_("These are more days than fit on one sheet. Make two events of it."),
    "name_the_days": N_("This is a long time. If it does not meet every day, name the days it meets on."),
    "more_than_counted": N_("This is more than all who were counted."),
    "reach_below_came": N_("Fewer were reached than came. Please check."),
    "marked_beyond": N_("People are marked on days that the event would no longer have. Clear those marks first."),
    "month_reported": N_("The report of this month was handed over. Please say why this changes now."),
    "month_not_over": N_("Only the report of a month that is over is handed over."),
    "was_held": N_("People are marked present: an event that was held is not called off."),
    "group_dissolved": N_("This group has been dissolved. Take it up again first."),
    "not_dissolved": N_("This group has not been dissolved."),
    "dissolved_before_meeting": N_("The group was founded, or met, after this day."),
    "loans_before_end": N_("Members still owe the group something. Loans are paid back or written off first."),
    "box_before_end": N_(
        "There is still money in the box. Share it out, or pay it out at a last meeting, before the group is dissolved."
    ),
    "story_not_agreed": N_("A story is told only with the consent of whom it is about. Say so, or leave it out."),
    "not_a_short_code": N_("A short code is at most 20 letters, digits, dots and dashes, without spaces."),
    "code_in_use": N_("Records bear this code already, so it stays as it is."),
    "edition_closed": N_(
        "A report of that time was handed over with the edition then in force. Write one that is valid from later on."
    ),
    "edition_not_later": N_("A new edition is valid from a later day than the one before it."),
    "indicator_in_use": N_("A logframe names this indicator. Take it out of there first."),
    "not_a_figure": N_("Choose the figure that this indicator is."),
    "not_an_indicator_code": N_(
        "Write a short code in small letters, digits and underscores, for example women_trained."
    ),
    "periods_are_columns": N_("The periods are the columns already. Leave this empty, or choose one period only."),
    "wrong_sheet_number": N_(
        "This is not a number of a sheet. Type it as it stands on the paper; one of your own has a digit in it."
    ),
}


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one field. It never holds the value itself, so it may be logged."""

    field: str
    code: str
    severity: Severity = "error"

    def words(self) -> str:
        """The sentence a person reads, in the active language."""
        return _(WORDS.get(self.code, self.code))


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Only those that must be settled before saving."""
    return tuple(problem for problem in problems if problem.severity == "error")
