# SPDX-License-Identifier: Apache-2.0
"""The records of a centre: SQLAlchemy classes, each field described once."""

from resource_centre.records.account import Account, CentreProfile
from resource_centre.records.base import GENERAL, SPECIFIC, Base, Local, Logged, new_id
from resource_centre.records.case import Case
from resource_centre.records.change import Change, Conflict, Erasure, Site
from resource_centre.records.contact import Contact, Service
from resource_centre.records.counselling import CounsellingSession, FollowUp
from resource_centre.records.fields import Field, field_of, fields_of
from resource_centre.records.local import (
    Draft,
    ImportBatch,
    ImportMapping,
    ImportRow,
    LocalSetting,
    NumberSeries,
)
from resource_centre.records.migration import MigrationEpisode
from resource_centre.records.owned import Owned
from resource_centre.records.person import Address, Identifier, Person
from resource_centre.records.training import Participation, TrainingEvent

__all__ = [
    "GENERAL",
    "SPECIFIC",
    "Account",
    "Address",
    "Base",
    "Case",
    "CentreProfile",
    "Change",
    "Conflict",
    "Contact",
    "CounsellingSession",
    "Draft",
    "Erasure",
    "Field",
    "FollowUp",
    "Identifier",
    "ImportBatch",
    "ImportMapping",
    "ImportRow",
    "Local",
    "LocalSetting",
    "Logged",
    "MigrationEpisode",
    "NumberSeries",
    "Owned",
    "Participation",
    "Person",
    "Service",
    "Site",
    "TrainingEvent",
    "field_of",
    "fields_of",
    "new_id",
]
