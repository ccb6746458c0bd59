"""What is asked and told of credit accounts."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from x_pilot_api.core.quantities import HundredthsOut

_COHORT_MAX = 10_000


class CohortIn(BaseModel):
    """Whose accounts to open: students one by one, or all of a programme's entry year."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"programme_id": "0198c0de-0000-7000-8000-000000000001", "entry_year": 2024}]},
    )

    student_ids: list[UUID] | None = Field(default=None, min_length=1, max_length=_COHORT_MAX)
    programme_id: UUID | None = None
    entry_year: int | None = Field(default=None, ge=1990, le=2100)

    @model_validator(mode="after")
    def name_one_way(self) -> Self:
        """Ask for one of the two ways."""
        by_programme = self.programme_id is not None or self.entry_year is not None
        if (self.student_ids is not None) == by_programme:
            raise ValueError("name either student_ids, or a programme_id with or without an entry_year")
        if self.entry_year is not None and self.programme_id is None:
            raise ValueError("entry_year needs a programme_id")
        return self


class AccountsOpenedOut(BaseModel):
    """What opening a cohort's accounts did."""

    opened: int
    already_open: int = Field(description="Had an open account before, or are no longer enrolled")
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
