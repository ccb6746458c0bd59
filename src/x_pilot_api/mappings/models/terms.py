"""Tables of what a rule says beyond its courses: grades entered, parts of an assessment offset, units covered."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, about, within


def _of_course() -> ForeignKeyConstraint:
    """Refer to a course of the same rule."""
    return ForeignKeyConstraint(
        ["institution_id", "mapping_id", "course_id"],
        ["mapping_courses.institution_id", "mapping_courses.mapping_id", "mapping_courses.course_id"],
    )


class MappingGrade(Base):
    """One line of the table by which a rule enters grades: from this score of the certificate on, this grade."""

    __tablename__ = "mapping_grades"
    __table_args__ = (
        within("mapping_id", to="mappings"),
        CheckConstraint("score_from_hundredths >= 0", name="score_not_negative"),
        about(Reach.TENANT),
    )

    institution_id: Mapped[UUID] = mapped_column(primary_key=True)
    mapping_id: Mapped[UUID] = mapped_column(primary_key=True)
    score_from_hundredths: Mapped[int] = mapped_column(primary_key=True)
    grade: Mapped[str]


class MappingOffset(Base):
    """One share of an assessment's component that a passed course offsets; the shares of several courses add up.

    `counts_as_percent` is what the share counts as, in percent of its mark; a rule that does not say exempts nobody.
    """

    __tablename__ = "mapping_offsets"
    __table_args__ = (
        _of_course(),
        ForeignKeyConstraint(
            ["scheme_id", "component_code"], ["assessment_components.scheme_id", "assessment_components.code"]
        ),
        CheckConstraint("share_percent BETWEEN 1 AND 100", name="share_in_range"),
        CheckConstraint("counts_as_percent BETWEEN 0 AND 100", name="counts_in_range"),
        about(Reach.TENANT),
    )

    institution_id: Mapped[UUID] = mapped_column(primary_key=True)
    mapping_id: Mapped[UUID] = mapped_column(primary_key=True)
    component_code: Mapped[str] = mapped_column(primary_key=True)
    course_id: Mapped[UUID] = mapped_column(primary_key=True)
    scheme_id: Mapped[UUID]
    share_percent: Mapped[int]
    counts_as_percent: Mapped[int | None]


class MappingUnit(Base):
    """One unit of the certificate's standard as a rule counts it, with its weight in percent of the whole."""

    __tablename__ = "mapping_units"
    __table_args__ = (
        within("mapping_id", to="mappings"),
        CheckConstraint("weight_percent BETWEEN 1 AND 100", name="weight_in_range"),
        about(Reach.TENANT),
    )

    institution_id: Mapped[UUID] = mapped_column(primary_key=True)
    mapping_id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    weight_percent: Mapped[int]


class MappingCoverage(Base):
    """How much of a standard's unit one course of the rule covers, in percent of the unit."""

    __tablename__ = "mapping_coverages"
    __table_args__ = (
        _of_course(),
        ForeignKeyConstraint(
            ["institution_id", "mapping_id", "unit_code"],
            ["mapping_units.institution_id", "mapping_units.mapping_id", "mapping_units.code"],
        ),
        CheckConstraint("percent BETWEEN 1 AND 100", name="percent_in_range"),
        about(Reach.TENANT),
    )

    institution_id: Mapped[UUID] = mapped_column(primary_key=True)
    mapping_id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(primary_key=True)
    course_id: Mapped[UUID] = mapped_column(primary_key=True)
    percent: Mapped[int]
