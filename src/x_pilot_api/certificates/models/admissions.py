"""Tables of what a college admitted, and of the reviews that led there and out again."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, JsonObject, Reach, TenantRow, about, of_institution, one_of, within


class AdmissionStatus(StrEnum):
    """Whether a college runs a certificate."""

    ADMITTED = "admitted"
    EXITED = "exited"


class ReviewPurpose(StrEnum):
    """What a review decides."""

    ADMISSION = "admission"
    EXIT = "exit"


class ReviewState(StrEnum):
    """Where a review is on its way; the last three are of exits alone."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    ADMITTED = "admitted"
    REJECTED = "rejected"
    EXIT_PROPOSED = "exit_proposed"
    EXITED = "exited"
    RETAINED = "retained"


class SeatState(StrEnum):
    """Whether an expert's vote is waited for, given, or not to be given."""

    ASSIGNED = "assigned"
    EXCUSED = "excused"
    VOTED = "voted"


class ExcuseCode(StrEnum):
    """Why an expert does not vote: they said so, or a rule does."""

    DECLARED = "declared"
    OF_THE_ORGANISATION = "of_the_organisation"
    OF_THE_COLLEGE = "of_the_college"
    PROPOSED_IT = "proposed_it"


class Admission(TenantRow, Base):
    """One certificate that one college admitted, until it exits."""

    __tablename__ = "admissions"
    __table_args__ = (
        within("college_id", to="colleges"),
        UniqueConstraint("institution_id", "college_id", "certificate_id"),
        one_of("status", AdmissionStatus),
        CheckConstraint("(status = 'exited') = (exited_on IS NOT NULL)", name="exit_has_a_date"),
        CheckConstraint("exited_on >= admitted_on", name="exit_after_admission"),
        about(Reach.TENANT),
    )

    college_id: Mapped[UUID]
    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("certificates.id"))
    status: Mapped[str]
    admitted_on: Mapped[date]
    exited_on: Mapped[date | None]


class ReviewPolicy(TenantRow, Base):
    """What an admission takes, in one version from one day on: how many votes, and how high their averages."""

    __tablename__ = "review_policies"
    __table_args__ = (
        of_institution(),
        UniqueConstraint("institution_id", "version"),
        CheckConstraint("version > 0 AND quorum > 0", name="counted"),
        CheckConstraint(
            "industry_fit_min_hundredths BETWEEN 0 AND 10000"
            " AND employer_recognition_min_hundredths BETWEEN 0 AND 10000",
            name="scores_in_range",
        ),
        about(Reach.TENANT, append_only=True, server_set=("recorded_at",)),
    )

    version: Mapped[int]
    quorum: Mapped[int]
    industry_fit_min_hundredths: Mapped[int]
    employer_recognition_min_hundredths: Mapped[int]
    basis: Mapped[str]
    effective_from: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class CertificateReview(TenantRow, Base):
    """One review of one certificate at one college: whether it is admitted, or whether it exits."""

    __tablename__ = "certificate_reviews"
    __table_args__ = (
        within("college_id", to="colleges"),
        within("policy_id", to="review_policies"),
        one_of("purpose", ReviewPurpose),
        one_of("state", ReviewState),
        CheckConstraint(
            "(purpose = 'exit') = (state IN ('exit_proposed', 'exited', 'retained'))", name="state_of_its_purpose"
        ),
        CheckConstraint("(purpose = 'exit') = (exit_on IS NOT NULL)", name="exit_has_a_date"),
        CheckConstraint(
            "(state IN ('under_review', 'admitted', 'rejected')) = (policy_id IS NOT NULL)", name="policy_once_begun"
        ),
        CheckConstraint(
            "(state IN ('admitted', 'rejected', 'exited', 'retained')) = (decided_at IS NOT NULL)",
            name="decision_has_an_instant",
        ),
        CheckConstraint("(state IN ('admitted', 'rejected')) = (result IS NOT NULL)", name="votes_have_a_result"),
        CheckConstraint("(state IN ('exited', 'retained')) = (decision IS NOT NULL)", name="exit_has_a_decision"),
        Index(
            "certificate_reviews_one_open_key",
            "institution_id",
            "college_id",
            "certificate_id",
            unique=True,
            postgresql_where=text("state IN ('draft', 'submitted', 'under_review', 'exit_proposed')"),
        ),
        about(Reach.TENANT),
    )

    college_id: Mapped[UUID]
    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("certificates.id"))
    purpose: Mapped[str]
    state: Mapped[str]
    grounds: Mapped[str]
    proposed_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    proposed_at: Mapped[datetime]
    exit_on: Mapped[date | None]
    policy_id: Mapped[UUID | None]
    result: Mapped[JsonObject | None] = mapped_column(JSONB(none_as_null=True))
    decision: Mapped[str | None]
    decided_at: Mapped[datetime | None]


class ReviewSeat(TenantRow, Base):
    """One expert's place in a review: their scores in hundredths and opinion, or why they are excused."""

    __tablename__ = "review_seats"
    __table_args__ = (
        within("review_id", to="certificate_reviews"),
        UniqueConstraint("institution_id", "review_id", "person_id"),
        one_of("state", SeatState),
        one_of("excuse_code", ExcuseCode),
        CheckConstraint(
            "num_nonnulls(industry_fit_hundredths, employer_recognition_hundredths, opinion, voted_at)"
            " = CASE WHEN state = 'voted' THEN 4 ELSE 0 END",
            name="vote_whole",
        ),
        CheckConstraint(
            "industry_fit_hundredths BETWEEN 0 AND 10000 AND employer_recognition_hundredths BETWEEN 0 AND 10000",
            name="scores_in_range",
        ),
        CheckConstraint("(state = 'excused') = (excuse_code IS NOT NULL)", name="excused_for_a_reason"),
        CheckConstraint("(excuse_code = 'declared') = (excuse_reason IS NOT NULL)", name="declared_with_a_reason"),
        Index(None, "person_id"),
        about(Reach.TENANT),
    )

    review_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    state: Mapped[str] = mapped_column(server_default=SeatState.ASSIGNED)
    excuse_code: Mapped[str | None]
    excuse_reason: Mapped[str | None]
    industry_fit_hundredths: Mapped[int | None]
    employer_recognition_hundredths: Mapped[int | None]
    opinion: Mapped[str | None]
    voted_at: Mapped[datetime | None]
