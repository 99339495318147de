# SPDX-License-Identifier: Apache-2.0
"""What the pages of a savings group ask of the database, on the database's thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.records import GroupMeeting, GroupMember, SavingsGroup
    from resource_centre.services.group_books import Books


@dataclass(frozen=True)
class GroupLook:
    """A group as its page shows it. `attended` is, by member, meetings attended and meetings held."""

    group: SavingsGroup
    members: tuple[GroupMember, ...]
    books: Books
    attended: dict[str, tuple[int, int]]

    def name_of(self, member_id: str | None) -> str:
        """The name of a member."""
        return next((one.name or "" for one in self.members if one.id == member_id), "")


@dataclass(frozen=True)
class MeetingLook:
    """One meeting to be written down or corrected, and the books without it and before it."""

    look: GroupLook
    meeting: GroupMeeting | None
    before: Books
    lines: dict[str, dict[str, Any]]
    own: dict[str, int]


def read_group(session: Session, group_id: str) -> GroupLook:
    """A group with its books."""
    from resource_centre.records import SavingsGroup
    from resource_centre.services.group_books import attended
    from resource_centre.services.saving import existing
    from resource_centre.services.savings_groups import books_of, members_of

    group = existing(session, SavingsGroup, group_id)
    members = tuple(members_of(session, group_id))
    books = books_of(session, group_id)
    belonged = {one.id: (one.joined_on, one.left_on) for one in members}
    return GroupLook(group, members, books, attended(books, belonged))


def read_meeting(session: Session, group_id: str, meeting_id: str | None) -> MeetingLook:
    """A meeting of a group, or a new one (None)."""
    from resource_centre.records import GroupMeeting
    from resource_centre.services.group_books import balance
    from resource_centre.services.group_meetings import lines_of, own_of
    from resource_centre.services.saving import existing

    look = read_group(session, group_id)
    if meeting_id is None:
        return MeetingLook(look, None, look.books, {}, {})
    done = [one.meeting for one in look.books.meetings]
    place = next(at for at, one in enumerate(done) if one.id == meeting_id)
    meeting = existing(session, GroupMeeting, meeting_id)
    return MeetingLook(look, meeting, balance(done[:place]), lines_of(done[place]), own_of(done[place]))


def write_meeting(
    session: Session,
    group_id: str,
    meeting_id: str | None,
    version: int | None,
    values: dict[str, Any],
    lines: list[dict[str, Any]],
) -> str:
    """Write a meeting down; its id."""
    from resource_centre.services.group_meetings import save_meeting

    return save_meeting(session, group_id, values, lines, meeting_id=meeting_id, version=version).id
