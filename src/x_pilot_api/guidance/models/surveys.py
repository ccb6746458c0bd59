"""Tables of surveys: what is asked, and what was answered."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, of_institution, one_of, within

NUMBER_MAX = 1_000_000_000


class SurveyState(StrEnum):
    """Whether a survey takes answers."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class QuestionKind(StrEnum):
    """How a question is answered: by one of its choices, a whole number, or in words."""

    CHOICE = "choice"
    NUMBER = "number"
    TEXT = "text"


class Survey(TenantRow, Base):
    """One survey (N(13)); its questions are written anew until it is opened, and never after."""

    __tablename__ = "surveys"
    __table_args__ = (
        of_institution(),
        within("college_id", to="colleges"),
        one_of("state", SurveyState),
        CheckConstraint("jsonb_typeof(questions) = 'array'", name="questions_are_a_list"),
        CheckConstraint("(state = 'draft') = (opened_on IS NULL)", name="opening_has_a_day"),
        about(Reach.TENANT),
    )

    college_id: Mapped[UUID | None]
    title: Mapped[str]
    questions: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    state: Mapped[str] = mapped_column(server_default=text("'draft'"))
    opened_on: Mapped[date | None]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))


class SurveyResponse(TenantRow, Base):
    """One questionnaire that came back: its answers in the order of the questions, null where none was given."""

    __tablename__ = "survey_responses"
    __table_args__ = (
        within("survey_id", to="surveys"),
        within("party_id", to="outside_parties"),
        # A questionnaire counts once, whoever enters it however often.
        UniqueConstraint("institution_id", "survey_id", "reference"),
        CheckConstraint("jsonb_typeof(answers) = 'array'", name="answers_are_a_list"),
        Index(None, "institution_id", "party_id"),
        about(Reach.TENANT, append_only=True, server_set=("id", "recorded_at")),
    )

    survey_id: Mapped[UUID]
    reference: Mapped[str]
    party_id: Mapped[UUID | None]
    answers: Mapped[list[Any]] = mapped_column(JSONB)
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
