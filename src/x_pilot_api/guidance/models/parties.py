"""Tables of outside parties, of what is written and said between them and us, and of whom they want trained."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, of_institution, one_of, within

HEAD_COUNT_MAX = 1_000_000


class PartyKind(StrEnum):
    """What an outside party is (N(13))."""

    AUTHORITY = "authority"
    ASSOCIATION = "association"
    EMPLOYER = "employer"
    EVALUATION_ORGANISATION = "evaluation_organisation"
    OTHER = "other"


class OutsideParty(TenantRow, Base):
    """One authority, association, employer or organisation that the institution consults with; it may be corrected."""

    __tablename__ = "outside_parties"
    __table_args__ = (
        of_institution(),
        one_of("kind", PartyKind),
        UniqueConstraint("institution_id", "name"),
        UniqueConstraint("institution_id", "credit_code"),
        about(Reach.TENANT),
    )

    name: Mapped[str]
    kind: Mapped[str]
    credit_code: Mapped[str | None]
    remark: Mapped[str | None]


class LetterDirection(StrEnum):
    """Who wrote or called."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"


class Medium(StrEnum):
    """How it came or went."""

    LETTER = "letter"
    MAIL = "mail"
    CALL = "call"


class Correspondence(TenantRow, Base):
    """One letter, mail or call between the institution and a party; only what answers it is noted afterwards."""

    __tablename__ = "correspondence"
    __table_args__ = (
        within("party_id", to="outside_parties"),
        within("college_id", to="colleges"),
        one_of("direction", LetterDirection),
        one_of("medium", Medium),
        # What a letter is answered by is between the same two.
        UniqueConstraint("institution_id", "party_id", "id", name="correspondence_of_a_party_key"),
        ForeignKeyConstraint(
            ["institution_id", "party_id", "answered_by_id"],
            ["correspondence.institution_id", "correspondence.party_id", "correspondence.id"],
            name="correspondence_answered_by_fkey",
        ),
        CheckConstraint("answered_by_id <> id", name="answered_by_another"),
        CheckConstraint("answer_due_on >= sent_on", name="answer_after_it"),
        Index(None, "institution_id", "party_id", "sent_on"),
        about(
            Reach.TENANT, append_only=True, updates=("answered_by_id",), server_set=("id", "recorded_at")
        ),
    )  # fmt: skip

    party_id: Mapped[UUID]
    college_id: Mapped[UUID | None]
    direction: Mapped[str]
    medium: Mapped[str]
    sent_on: Mapped[date]
    subject: Mapped[str]
    reference_number: Mapped[str | None]
    summary: Mapped[str]
    answer_due_on: Mapped[date | None]
    answered_by_id: Mapped[UUID | None]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class DemandGroup(StrEnum):
    """Whom training is wanted for, in the groups of N(18)."""

    ENTERPRISE_EMPLOYEES = "enterprise_employees"
    KEY_EMPLOYMENT_GROUPS = "key_employment_groups"
    LOW_INCOME_LABOURERS = "low_income_labourers"


class DemandState(StrEnum):
    """Whether a class was found for those who want training."""

    UNMET = "unmet"
    MET = "met"


class TrainingDemand(TenantRow, Base):
    """One wish of a party to have people trained for a level; its state and what meets it are written later."""

    __tablename__ = "training_demands"
    __table_args__ = (
        within("party_id", to="outside_parties"),
        within("college_id", to="colleges"),
        one_of("demand_group", DemandGroup),
        one_of("state", DemandState),
        CheckConstraint(f"head_count BETWEEN 1 AND {HEAD_COUNT_MAX}", name="head_count_in_range"),
        CheckConstraint("wanted_to >= wanted_from", name="period_forward"),
        CheckConstraint("(state = 'met') = (met_by IS NOT NULL)", name="met_by_something"),
        Index(None, "institution_id", "party_id"),
        about(Reach.TENANT),
    )

    party_id: Mapped[UUID]
    college_id: Mapped[UUID | None]
    demand_group: Mapped[str]
    certificate_level_id: Mapped[UUID] = mapped_column(ForeignKey("certificate_levels.id"))
    head_count: Mapped[int]
    wanted_from: Mapped[date]
    wanted_to: Mapped[date]
    state: Mapped[str] = mapped_column(server_default=text("'unmet'"))
    met_by: Mapped[str | None]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
