"""The table of cost ceilings; amounts are whole fen."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.certificates.models import ExamForm, Level
from x_pilot_api.core.db import Base, Reach, SharedRow, about, one_of

FEN_MAX = 100_000_000
"""Of one amount that somebody enters; more would be a slip of the pen."""


class FeeCeiling(SharedRow, Base):
    """The most an exam of one form may cost in a period, with the document that says so."""

    __tablename__ = "fee_ceilings"
    __table_args__ = (
        one_of("exam_form", ExamForm),
        one_of("level", Level),
        CheckConstraint("amount_fen > 0", name="amount_positive"),
        CheckConstraint("effective_to > effective_from", name="dates_in_order"),
        CheckConstraint("category IS NULL OR level IS NOT NULL", name="category_within_a_level"),
        UniqueConstraint("id", "amount_fen"),
        ExcludeConstraint(
            ("exam_form", "="),
            (text("coalesce(level, '')"), "="),
            (text("coalesce(category, '')"), "="),
            (text("daterange(effective_from, effective_to)"), "&&"),
            using="gist",
            name="fee_ceilings_no_overlap_excl",
        ),
        about(Reach.SHARED, append_only=True, server_set=("recorded_at",)),
    )

    exam_form: Mapped[str]
    level: Mapped[str | None]
    category: Mapped[str | None]
    amount_fen: Mapped[int]
    document_number: Mapped[str]
    issuing_body: Mapped[str]
    effective_from: Mapped[date]
    effective_to: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
