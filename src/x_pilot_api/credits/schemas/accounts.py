"""What is asked and told of credit accounts."""

from datetime import date, datetime
from enum import StrEnum
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from x_pilot_api.core.quantities import HundredthsOut
from x_pilot_api.core.texts import Line, Paragraph
from x_pilot_api.credits.models import AccountState

_COHORT_MAX = 10_000


class CohortIn(BaseModel):
    """Whose accounts to open: students one by one, or all of a programme, of its entry year, or of a class."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"programme_id": "0198c0de-0000-7000-8000-000000000001", "entry_year": 2024}]},
    )

    student_ids: list[UUID] | None = Field(default=None, min_length=1, max_length=_COHORT_MAX)
    programme_id: UUID | None = None
    entry_year: int | None = Field(default=None, ge=1990, le=2100)
    class_name: Line | None = None

    @model_validator(mode="after")
    def name_one_way(self) -> Self:
        """Ask for one of the two ways."""
        by_programme = self.programme_id is not None or self.entry_year is not None
        if (self.student_ids is not None) == by_programme:
            raise ValueError("name either student_ids, or a programme_id with or without an entry_year")
        if self.entry_year is not None and self.programme_id is None:
            raise ValueError("entry_year needs a programme_id")
        if self.class_name is not None and self.entry_year is None:
            raise ValueError("class_name needs an entry_year")
        return self


class SkipReason(StrEnum):
    """Why no account was opened for somebody of a cohort."""

    ALREADY_OPEN = "already_open"
    NOT_ENROLLED = "not_enrolled"


class SkippedOut(BaseModel):
    """Somebody of a cohort for whom no account was opened, and why."""

    student_id: UUID
    reason: SkipReason


class AccountsOpenedOut(BaseModel):
    """What opening a cohort's accounts did."""

    opened: int
    already_open: int = Field(description="Had an open account before")
    not_enrolled: int = Field(description="Have no account and are not enrolled, so none was opened")
    skipped: list[SkippedOut] = Field(description="The first 100 of those left out, by student id")
    outcomes_recognised: int = Field(description="Certificates that had waited for the account")
    credit_posted: HundredthsOut


class OutcomeOut(BaseModel):
    """One certificate a student can show, and why it brought the credits it brought."""

    id: UUID
    award_id: UUID
    certificate_level_id: UUID = Field(description="Ask `:explain` for it to be told everything")
    certificate_name: str
    level: str
    award_number: str
    earned_on: date
    state: str = Field(examples=["recognised"])
    reason: str = Field(examples=["deposited"], description="A stable code")
    explanation: str = Field(description="The reason in words, with its figures")
    mapping_id: UUID | None
    mapping_version: int | None
    rule_credit: HundredthsOut = Field(description="What the rule gives before any limit")
    credit: HundredthsOut = Field(description="What was deposited or is pending")


class CreditAccountOut(BaseModel):
    """One student's credit account and everything that led to it."""

    id: UUID
    student_id: UUID
    state: str = Field(examples=["active"])
    opened_at: datetime
    closed_at: datetime | None
    state_reason: str | None = Field(description="Why it was last frozen, unfrozen or closed")
    allowed_deeds: list[str]
    accumulated: HundredthsOut = Field(description="Posted credits")
    pending: HundredthsOut = Field(description="Credits that post when an objection window ends")
    held: HundredthsOut = Field(description="Credits held for a conversion that was asked for")
    available: HundredthsOut = Field(description="Accumulated less held")
    outcomes: list[OutcomeOut]


class EntryOut(BaseModel):
    """One movement on an account, with what was available after it."""

    seq: int = Field(description="Counts the account's movements from 1, without gaps")
    transfer_id: UUID
    entry_id: UUID
    recorded_at: datetime
    kind: str = Field(examples=["deposit"])
    phase: str = Field(examples=["single"])
    amount: HundredthsOut = Field(description="Positive in, negative out")
    available_after: HundredthsOut
    reverses_entry_id: UUID | None
    outcome_id: UUID | None
    award_id: UUID | None
    mapping_id: UUID | None


class AccountDeedIn(BaseModel):
    """Why an account is frozen, unfrozen or closed."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"reason": "休学期间暂停使用"}]})

    reason: Paragraph


class AccountRowOut(BaseModel):
    """One account in a list: whose it is, and what it holds."""

    id: UUID
    student_id: UUID
    student_number: str
    student_name: str
    programme_id: UUID
    programme_name: str
    college_id: UUID
    entry_year: int
    class_name: str
    state: AccountState
    opened_at: datetime
    closed_at: datetime | None
    accumulated: HundredthsOut
    pending: HundredthsOut
    held: HundredthsOut
    available: HundredthsOut
    allowed_deeds: list[str]


class GroupBy(StrEnum):
    """By what students are counted together."""

    COLLEGE = "college"
    PROGRAMME = "programme"
    ENTRY_YEAR = "entry_year"


class OpeningRateOut(BaseModel):
    """How many of the enrolled students of pilot programmes in one group have an open account."""

    group_id: str = Field(description="Id of the college or programme, or the entry year")
    name: str
    open_accounts: int = Field(description="The numerator")
    students: int = Field(description="The denominator: enrolled students of pilot programmes")
    rate_percent: HundredthsOut | None = Field(description="Null where there is no student", examples=["87.50"])


class OpeningRatesOut(BaseModel):
    """Account-opening rates, group by group, and of all together."""

    by: GroupBy
    groups: list[OpeningRateOut]
    total: OpeningRateOut
