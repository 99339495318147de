# SPDX-License-Identifier: Apache-2.0
"""The records of a centre: SQLAlchemy classes, each field described once."""

from resource_centre.records.account import Account, CentreProfile
from resource_centre.records.assistance import Assistance, Contribution
from resource_centre.records.attachment import Attachment, AttachmentContent
from resource_centre.records.base import GENERAL, SPECIFIC, Base, Local, Logged, new_id
from resource_centre.records.case import Case
from resource_centre.records.change import Change, Conflict, Erasure, Site
from resource_centre.records.contact import Contact, Service
from resource_centre.records.counselling import (
    ConfidentialNote,
    CounsellingCourse,
    CounsellingSession,
    FollowUp,
    FollowUpAttempt,
)
from resource_centre.records.curriculum import Curriculum, CurriculumModule
from resource_centre.records.dialogue import Commitment, Partner, PartnerContribution, Practice, PracticeFile
from resource_centre.records.exchange import (
    Bundle,
    DuplicatePair,
    Invitation,
    OwnKey,
    Peer,
    PersonLink,
    RowScope,
    ScanPiece,
)
from resource_centre.records.fields import Field, field_of, fields_of
from resource_centre.records.health import ArrivalSupport, HealthNeed
from resource_centre.records.household import Household, HouseholdMember
from resource_centre.records.intake import Consent, Document, IntakeInterview
from resource_centre.records.livelihood import Debt, Livelihood, Skill
from resource_centre.records.local import (
    Draft,
    ImportBatch,
    ImportMapping,
    ImportRow,
    LocalSetting,
    NumberSeries,
)
from resource_centre.records.migration import MigrationEpisode
from resource_centre.records.money import (
    Budget,
    BudgetLine,
    DebtPlan,
    RemittancePlan,
    RemittanceShare,
    SavingsEntry,
    SavingsGoal,
)
from resource_centre.records.month_report import IndicatorTarget, MonthNarrative, MonthReport
from resource_centre.records.owned import Owned
from resource_centre.records.person import Address, Identifier, Person
from resource_centre.records.plan import Plan, PlanAction, PlanGoal, PlanNeed
from resource_centre.records.protection import (
    ExploitationScreening,
    ProtectionConcern,
    ProtectionMark,
    VulnerabilityAssessment,
    VulnerabilityFlag,
)
from resource_centre.records.questionnaire import (
    AnyResponse,
    ProtectedResponse,
    Questionnaire,
    QuestionnaireVersion,
    Response,
    SensitiveResponse,
    WeightSet,
)
from resource_centre.records.referral import Complaint, Provider, Referral
from resource_centre.records.reporting import (
    IndicatorDefinition,
    LogframeLine,
    PaperCopy,
    Project,
    Publication,
    SavedReport,
)
from resource_centre.records.savings_group import GroupEntry, GroupMeeting, GroupMember, SavingsGroup
from resource_centre.records.supervision import Advice, Transition
from resource_centre.records.trainer import EventTrainer, Trainer
from resource_centre.records.training import Certificate, Participation, TrainingEvent

__all__ = [
    "GENERAL",
    "SPECIFIC",
    "Account",
    "Address",
    "Advice",
    "AnyResponse",
    "ArrivalSupport",
    "Assistance",
    "Attachment",
    "AttachmentContent",
    "Base",
    "Budget",
    "BudgetLine",
    "Bundle",
    "Case",
    "CentreProfile",
    "Certificate",
    "Change",
    "Commitment",
    "Complaint",
    "ConfidentialNote",
    "Conflict",
    "Consent",
    "Contact",
    "Contribution",
    "CounsellingCourse",
    "CounsellingSession",
    "Curriculum",
    "CurriculumModule",
    "Debt",
    "DebtPlan",
    "Document",
    "Draft",
    "DuplicatePair",
    "Erasure",
    "EventTrainer",
    "ExploitationScreening",
    "Field",
    "FollowUp",
    "FollowUpAttempt",
    "GroupEntry",
    "GroupMeeting",
    "GroupMember",
    "HealthNeed",
    "Household",
    "HouseholdMember",
    "Identifier",
    "ImportBatch",
    "ImportMapping",
    "ImportRow",
    "IndicatorDefinition",
    "IndicatorTarget",
    "IntakeInterview",
    "Invitation",
    "Livelihood",
    "Local",
    "LocalSetting",
    "LogframeLine",
    "Logged",
    "MigrationEpisode",
    "MonthNarrative",
    "MonthReport",
    "NumberSeries",
    "OwnKey",
    "Owned",
    "PaperCopy",
    "Participation",
    "Partner",
    "PartnerContribution",
    "Peer",
    "Person",
    "PersonLink",
    "Plan",
    "PlanAction",
    "PlanGoal",
    "PlanNeed",
    "Practice",
    "PracticeFile",
    "Project",
    "ProtectedResponse",
    "ProtectionConcern",
    "ProtectionMark",
    "Provider",
    "Publication",
    "Questionnaire",
    "QuestionnaireVersion",
    "Referral",
    "RemittancePlan",
    "RemittanceShare",
    "Response",
    "RowScope",
    "SavedReport",
    "SavingsEntry",
    "SavingsGoal",
    "SavingsGroup",
    "ScanPiece",
    "SensitiveResponse",
    "Service",
    "Site",
    "Skill",
    "Trainer",
    "TrainingEvent",
    "Transition",
    "VulnerabilityAssessment",
    "VulnerabilityFlag",
    "WeightSet",
    "field_of",
    "fields_of",
    "new_id",
]
