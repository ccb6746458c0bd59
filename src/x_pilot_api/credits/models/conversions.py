"""Tables of conversions: the chain they go, the requests with courses and decisions, and what of an exam is exempt."""

from datetime import date, datetime
from enum import StrEnum
from itertools import combinations
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, of_institution, one_of, within
from x_pilot_api.mappings.models import Direction


class ChainStep(StrEnum):
    """Whose word a conversion needs, in the order in which they are asked."""

    COLLEGE = "college"
    REGISTRAR = "registrar"
    ORGANISATION = "organisation"
    BANK = "bank"


class OnLoss(StrEnum):
    """What becomes of a granted conversion whose credits are lost: somebody looks at it, or it is taken back."""

    FLAG = "flag"
    UNWIND = "unwind"


class ConversionState(StrEnum):
    """Where a conversion is on its way, and how it ended."""

    REQUESTED = "requested"
    AGREED = "agreed"
    APPROVED = "approved"
    CONFIRMED = "confirmed"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    UNWOUND = "unwound"


def chains() -> list[tuple[ChainStep, ...]]:
    """List the chains there can be: some of the steps, in their order, the registrar always among them."""
    return [
        chosen
        for size in range(1, len(ChainStep) + 1)
        for chosen in combinations(ChainStep, size)
        if ChainStep.REGISTRAR in chosen
    ]


_CHAINS = ", ".join("ARRAY[" + ", ".join(f"'{step}'" for step in chain) + "]" for chain in chains())
_OPEN = "state IN ('requested', 'agreed', 'approved', 'confirmed')"
_USES_CREDITS = "(direction = 'certificate_to_course')"


class ConversionPolicy(TenantRow, Base):
    """One version of the chain conversions go in an institution, and of what a loss does; the latest begun holds."""

    __tablename__ = "conversion_policies"
    __table_args__ = (
        of_institution(),
        one_of("on_loss", OnLoss),
        CheckConstraint(f"steps IN ({_CHAINS})", name="steps_in_order"),
        CheckConstraint("version > 0", name="version_positive"),
        UniqueConstraint("institution_id", "version"),
        about(Reach.TENANT, append_only=True, server_set=("recorded_at",)),
    )

    version: Mapped[int]
    steps: Mapped[list[str]] = mapped_column(ARRAY(Text))
    on_loss: Mapped[str]
    document_number: Mapped[str]
    effective_from: Mapped[date]
    loaded_by: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class Conversion(TenantRow, Base):
    """One student's wish to convert: an outcome's credits into courses, or passed courses into parts of an exam.

    Its credits are held by `hold_entry_id` from the request on; `steps` is the chain it goes, fixed when it was asked
    for, and `awaits` whose turn it is.
    """

    __tablename__ = "conversions"
    __table_args__ = (
        within("student_id", to="students"),
        within("mapping_id", to="mappings"),
        within("outcome_id", to="learning_outcomes"),
        within("hold_entry_id", to="journal_entries"),
        within("cover_entry_id", to="journal_entries"),
        one_of("direction", Direction),
        one_of("state", ConversionState),
        one_of("awaits", ChainStep),
        CheckConstraint(f"steps IN ({_CHAINS})", name="steps_in_order"),
        CheckConstraint(f"{_USES_CREDITS} = (outcome_id IS NOT NULL)", name="credits_are_an_outcomes"),
        CheckConstraint(f"{_USES_CREDITS} = (hold_entry_id IS NOT NULL)", name="credits_are_held"),
        CheckConstraint(f"{_USES_CREDITS} = (credit_hundredths > 0)", name="credit_fits_direction"),
        CheckConstraint(f"({_OPEN}) = (awaits IS NOT NULL)", name="open_awaits_a_step"),
        CheckConstraint("(state IN ('granted', 'unwound')) = (granted_on IS NOT NULL)", name="granting_has_a_day"),
        CheckConstraint(
            "(state IN ('refused', 'withdrawn', 'lapsed', 'unwound')) = (ended_at IS NOT NULL)",
            name="end_has_an_instant",
        ),
        CheckConstraint("(ended_at IS NULL) = (end_reason IS NULL)", name="end_has_a_reason"),
        CheckConstraint("(flagged_at IS NULL) = (flag_reason IS NULL)", name="flag_whole"),
        Index(None, "institution_id", "student_id"),
        Index(None, "institution_id", "outcome_id"),
        Index(None, "institution_id", "mapping_id"),
        about(
            Reach.TENANT,
            append_only=True,
            updates=(
                "state",
                "awaits",
                "granted_on",
                "ended_at",
                "end_reason",
                "flagged_at",
                "flag_reason",
                "cover_entry_id",
            ),
            server_set=("requested_at",),
        ),
    )

    direction: Mapped[str]
    student_id: Mapped[UUID]
    certificate_level_id: Mapped[UUID] = mapped_column(ForeignKey("certificate_levels.id"))
    mapping_id: Mapped[UUID]
    outcome_id: Mapped[UUID | None]
    steps: Mapped[list[str]] = mapped_column(ARRAY(Text))
    policy_version: Mapped[int]
    state: Mapped[str] = mapped_column(server_default=ConversionState.REQUESTED)
    awaits: Mapped[str | None]
    credit_hundredths: Mapped[int] = mapped_column(server_default=text("0"))
    hold_entry_id: Mapped[UUID | None]
    cover_entry_id: Mapped[UUID | None]
    requested_by: Mapped[UUID]
    requested_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    granted_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str | None]
    flagged_at: Mapped[datetime | None]
    flag_reason: Mapped[str | None]


class ConversionCourse(Base):
    """One course of a conversion.

    Towards a course: its credits, and the grade the rule enters for it, if any. Away from one: the grade relied upon.
    """

    __tablename__ = "conversion_courses"
    __table_args__ = (
        within("conversion_id", to="conversions"),
        within("course_id", to="courses"),
        within("grade_id", to="course_grades"),
        CheckConstraint("credit_hundredths >= 0", name="credit_not_negative"),
        Index(None, "institution_id", "course_id"),
        Index(None, "institution_id", "grade_id"),
        about(Reach.TENANT, append_only=True, updates=("grade_id",)),
    )

    institution_id: Mapped[UUID] = mapped_column(primary_key=True)
    conversion_id: Mapped[UUID] = mapped_column(primary_key=True)
    course_id: Mapped[UUID] = mapped_column(primary_key=True)
    credit_hundredths: Mapped[int]
    grade: Mapped[str | None]
    grade_id: Mapped[UUID | None]


class ConversionDecision(TenantRow, Base):
    """One deed on a conversion: who, when, and the document it rests on."""

    __tablename__ = "conversion_decisions"
    __table_args__ = (
        within("conversion_id", to="conversions"),
        one_of("state", ConversionState),
        Index(None, "institution_id", "conversion_id"),
        about(Reach.TENANT, append_only=True, server_set=("id", "decided_at")),
    )

    conversion_id: Mapped[UUID]
    deed: Mapped[str]
    state: Mapped[str]
    decided_by: Mapped[UUID]
    decided_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    document_number: Mapped[str | None]
    answered_on: Mapped[date | None]
    reason: Mapped[str | None]


class ComponentOffset(TenantRow, Base):
    """One share of an assessment's component that a student is exempt from, and what it counts as, in percent."""

    __tablename__ = "component_offsets"
    __table_args__ = (
        within("conversion_id", to="conversions"),
        within("student_id", to="students"),
        within("course_id", to="courses"),
        ForeignKeyConstraint(
            ["scheme_id", "component_code"], ["assessment_components.scheme_id", "assessment_components.code"]
        ),
        CheckConstraint("share_percent BETWEEN 1 AND 100", name="share_in_range"),
        CheckConstraint("counts_as_percent BETWEEN 0 AND 100", name="counts_in_range"),
        Index(
            "component_offsets_one_live_key",
            "institution_id",
            "student_id",
            "scheme_id",
            "component_code",
            "course_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(None, "institution_id", "conversion_id"),
        about(Reach.TENANT, append_only=True, updates=("ended_at",)),
    )

    conversion_id: Mapped[UUID]
    student_id: Mapped[UUID]
    certificate_level_id: Mapped[UUID] = mapped_column(ForeignKey("certificate_levels.id"))
    scheme_id: Mapped[UUID]
    component_code: Mapped[str]
    course_id: Mapped[UUID]
    share_percent: Mapped[int]
    counts_as_percent: Mapped[int]
    granted_on: Mapped[date]
    ended_at: Mapped[datetime | None]
