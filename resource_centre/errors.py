# SPDX-License-Identifier: Apache-2.0
"""Errors in three families, told apart by type: a rule refused, the environment failed, or it is our bug.

No error carries a value that somebody typed: texts end up in logs.
"""

from __future__ import annotations

from resource_centre.i18n import N_, _
from resource_centre.problems import Problem


class CentreError(Exception):
    """Anything this program says no to in words. `code` names it for tests and logs."""

    texts: dict[str, str] = {}

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def words(self) -> str:
        """The sentence a person reads, in the active language."""
        return _(self.texts.get(self.code, self.code)).format(**self.facts)


class Refused(CentreError):
    """A rule of the centre says no; `problems` say which fields and why."""

    texts = {
        "check": N_("Please look at the marked fields."),
        "delete": N_("A record is never deleted. Mark it as not valid and say why."),
        "bulk": N_("Records are changed one by one, so that the trail stays whole."),
        "owner": N_("A record cannot be moved to another person. Mark it as not valid and write a new one."),
        "out_of_scope": N_("This is outside the villages you work in."),
        "not_allowed": N_("Your account may not do this. Ask the coordinator."),
        "raw_sql": N_("Your account may only look through the program's own lists."),
        "changed_meanwhile": N_("Somebody else has changed this record meanwhile. Please look at it again."),
        "weak_passphrase": N_("The passphrase is too short. Take at least {least} characters, four words for example."),
        "login_taken": N_("This sign-in name is taken."),
        "last_coordinator": N_("A centre needs a coordinator. Make somebody else one first."),
        "not_a_register": N_("No table that looks like a register was found in this file."),
        "no_names": N_("The first line of this file has no heading for names, such as name."),
        "not_found": N_("This record is not there."),
        "empty_plan": N_("A plan needs a goal or an action before it can be put in force."),
        "plan_ended": N_("This version of the plan has ended. Make a new version to change it."),
        "taken_in_already": N_("These answers have been taken in already."),
        "case_closed": N_("This case is closed. Open it again before anything is changed in it."),
        "later_meeting": N_("A later meeting would then no longer come out. Correct that one first."),
        "not_the_last_meeting": N_("Only the last meeting of a group can be taken back."),
        "no_certificates": N_("No certificate of this event has been given yet. Give them first."),
        "no_tests": N_("No test belongs to the modules of this event."),
        "not_our_card": N_("This card was not made for this, or its answer does not fit it."),
        "card_used": N_("This card has been used already. Make a new one."),
        "paired_already": N_("This laptop is paired: its six words were compared and are the same."),
        "not_paired": N_("This computer is not paired with that one. Pair them first."),
        "six_words_first": N_("Compare the six words first and say that they are the same."),
        "blocked_laptop": N_("This laptop is blocked. Nothing is sent to it or taken from it any more."),
        "pairing_expired": N_(
            "The time this was made for is over. The coordinator can let the pairing go on, or make a new card."
        ),
        "bundle_not_allowed": N_(
            "This bundle holds records that its sender may not bring. Nothing was taken in; tell the coordinator."
        ),
        "erase_at_centre": N_("People are erased at the centre, by its coordinator. Ask there."),
        "stopped": N_("Stopped. Nothing was changed."),
        "one_person_already": N_("These two records are one person already."),
    }

    def __init__(self, code: str = "check", problems: tuple[Problem, ...] = (), **facts: str | int) -> None:
        super().__init__(code, **facts)
        self.problems = problems


class EnvironmentFailed(CentreError):
    """Disk, file, lock or version stood in the way; the words say what to do."""

    texts = {
        "locked": N_("The centre's file is in use by another program. Close it and try again."),
        "read_only": N_("The centre's file cannot be written. Check whether the stick or folder is write-protected."),
        "disk_full": N_("The disk is full. Free some space and try again; nothing was half written."),
        "damaged": N_("The centre's file is damaged or cut short. Restore the newest backup."),
        "not_a_centre": N_("This folder does not hold a centre."),
        "already_a_centre": N_("This folder already holds a centre."),
        "newer_program": N_("This centre was made with a newer version of the program. Update this computer first."),
        "wrong_passphrase": N_("The sign-in name or the passphrase is not right."),
        "wrong_recovery": N_("This is not the recovery key of this centre."),
        "wait": N_("Too many attempts. Wait {seconds} seconds and try again."),
        "io": N_("The disk or stick did not answer. Check it and try again."),
        "no_server": N_("The database server does not answer."),
        "file_missing": N_("The file is not there."),
        "file_unreadable": N_("The file cannot be read."),
        "cannot_write": N_("The file cannot be written there."),
        "no_printer": N_("The printer did not take the pages. Look whether it is on and has paper, and print again."),
        "not_a_bundle": N_("This is not a bundle of this program."),
        "not_a_card": N_("This is no pairing card and no answer to one, or a part of it is missing."),
        "no_code_seen": N_(
            "No square code of a card can be made out in this picture. Photograph it anew, straight from above, sharp "
            "and filling the picture; or use the card's file or text."
        ),
        "bundle_damaged": N_("This bundle is damaged or cut short. Copy it again, or ask for it once more."),
        "bundle_not_for_us": N_(
            "This bundle cannot be opened here: it is meant for somebody else, or damaged. Nothing was taken in."
        ),
        "bundle_unknown_sender": N_("This bundle comes from a computer that is not paired with this one."),
        "bundle_forged": N_("This bundle does not come from whom it names. Do not use it, and tell the coordinator."),
        "bundle_forked": N_(
            "This bundle comes from a copied or restored laptop and contradicts what is here. Nothing was taken in. "
            "On that laptop, choose Repair."
        ),
        "bundle_newer": N_("This bundle was made with a newer version of the program. Update this computer first."),
        "bundle_too_large": N_("This bundle is larger than a bundle may be. Ask for it in several parts."),
        "not_a_key": N_("This is not a key of this program. Please pair the two computers once more."),
        "wrong_bundle_recovery": N_("This is not what stands on the recovery sheet for bundles. Please look again."),
    }


class Bug(CentreError):
    """Something we did wrong; what was typed is kept."""

    texts = {"bug": N_("Sorry, this is a mistake in the program. What you typed has been kept.")}
