"""Tables of the catalogue."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, SharedRow, about, one_of


class Level(StrEnum):
    """Elementary, intermediate, advanced: a higher level includes what a lower one asks."""

    ELEMENTARY = "1"
    INTERMEDIATE = "2"
    ADVANCED = "3"


class ExamForm(StrEnum):
    """How a certificate is assessed, which decides the ceiling of its cost."""

    PAPER = "paper"
    COMPUTER = "computer"
    ORDINARY_PRACTICAL = "ordinary_practical"
    SPECIAL_PRACTICAL = "special_practical"


class Combination(StrEnum):
    """How component scores make a result."""

    WEIGHTED_SUM = "weighted_sum"
    EVERY_COMPONENT = "every_component"


class Certificate(SharedRow, Base):
    """One certificate standard of an evaluation organisation."""

    __tablename__ = "certificates"
    __table_args__ = (
        UniqueConstraint("organisation_id", "name"),
        Index(None, "name", postgresql_using="gin", postgresql_ops={"name": "gin_trgm_ops"}),
        about(Reach.SHARED),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    name: Mapped[str]
    batch: Mapped[str | None]
    basis: Mapped[str]


class CertificateLevel(SharedRow, Base):
    """One level of a certificate: nationally a catalogue entry of its own."""

    __tablename__ = "certificate_levels"
    __table_args__ = (UniqueConstraint("certificate_id", "level"), one_of("level", Level), about(Reach.SHARED))

    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("certificates.id"))
    level: Mapped[str]


class AssessmentScheme(SharedRow, Base):
    """How one level is assessed, in one version from one day on: scores are hundredths of a point.

    On a day the highest version counts that is in force then; one without a date is so from the beginning.
    """

    __tablename__ = "assessment_schemes"
    __table_args__ = (
        UniqueConstraint("certificate_level_id", "version"),
        one_of("combination", Combination),
        one_of("exam_form", ExamForm),
        CheckConstraint("version > 0", name="version_positive"),
        CheckConstraint("pass_mark_hundredths BETWEEN 0 AND 10000", name="pass_mark_in_range"),
        CheckConstraint(
            "(combination = 'weighted_sum') = (pass_mark_hundredths IS NOT NULL)", name="pass_mark_for_a_sum"
        ),
        about(Reach.SHARED, append_only=True),
    )

    certificate_level_id: Mapped[UUID] = mapped_column(ForeignKey("certificate_levels.id"))
    version: Mapped[int]
    combination: Mapped[str]
    exam_form: Mapped[str]
    pass_mark_hundredths: Mapped[int | None]
    effective_from: Mapped[date | None]


class AssessmentComponent(Base):
    """One part of an assessment: its weight in percent, its full mark, and the mark to reach if it has one."""

    __tablename__ = "assessment_components"
    __table_args__ = (
        CheckConstraint("weight_percent BETWEEN 0 AND 100", name="weight_in_range"),
        CheckConstraint("full_mark_hundredths > 0", name="full_mark_positive"),
        CheckConstraint("pass_mark_hundredths BETWEEN 0 AND full_mark_hundredths", name="pass_mark_in_range"),
        about(Reach.SHARED, append_only=True),
    )

    scheme_id: Mapped[UUID] = mapped_column(ForeignKey("assessment_schemes.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    weight_percent: Mapped[int]
    full_mark_hundredths: Mapped[int]
    pass_mark_hundredths: Mapped[int | None]
