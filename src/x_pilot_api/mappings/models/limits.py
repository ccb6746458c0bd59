"""The table of the limits of policy that conversions live under."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Text, false, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.certificates.models import Level
from x_pilot_api.core.db import Base, Reach, TenantRow, about, of_institution, one_of


class LimitCode(StrEnum):
    """Which limit of policy a setting is."""

    PER_CERTIFICATE = "per_certificate"
    CREDIT_BANK = "credit_bank"
    SHARE_OF_GRADUATION = "share_of_graduation"
    ONE_CERTIFICATE = "one_certificate_per_course"
    REPLACED_ONCE = "replaced_once"
    LEVEL_CATEGORIES = "level_categories"
    HIGHEST_LEVEL = "highest_level"
    NOT_PASSED = "not_passed"
    NOTICE_DAYS = "notice_days"


_NOBODY = "'00000000-0000-0000-0000-000000000000'"
_OF_WHAT = f"coalesce(certificate_level_id, certificate_id, {_NOBODY})"
_OF_CREDITS = "code IN ('per_certificate', 'credit_bank')"


class PolicyLimit(TenantRow, Base):
    """One version of a limit of policy, with the document it comes from; of each limit one version holds on a day.

    It ends when the next one starts, or when it was loaded to end. A waived limit is set aside by the document: for the
    level, certificate or kind it is about, it does not act.
    """

    __tablename__ = "policy_limits"
    __table_args__ = (
        of_institution(),
        one_of("code", LimitCode),
        one_of("level", Level),
        CheckConstraint("version > 0", name="version_positive"),
        CheckConstraint("effective_to > effective_from", name="dates_in_order"),
        CheckConstraint(
            "num_nonnulls(credit_hundredths, percent, days, categories, family) ="
            " CASE WHEN is_waived OR code IN ('one_certificate_per_course', 'replaced_once', 'not_passed')"
            " THEN 0 ELSE 1 END",
            name="one_figure",
        ),
        CheckConstraint(f"credit_hundredths IS NULL OR credit_hundredths >= 0 AND {_OF_CREDITS}", name="credit_fits"),
        CheckConstraint(
            "percent IS NULL OR percent BETWEEN 0 AND 100 AND code = 'share_of_graduation'", name="percent_fits"
        ),
        CheckConstraint("days IS NULL OR days BETWEEN 1 AND 365 AND code = 'notice_days'", name="days_fit"),
        CheckConstraint(
            "categories IS NULL OR code = 'level_categories' AND cardinality(categories) > 0"
            " AND categories <@ ARRAY['foundation', 'core', 'elective']",
            name="categories_fit",
        ),
        CheckConstraint("family IS NULL OR code = 'highest_level'", name="family_fits"),
        CheckConstraint(f"certificate_level_id IS NULL OR {_OF_CREDITS}", name="certificate_level_fits"),
        CheckConstraint("(certificate_id IS NOT NULL) = (code = 'highest_level')", name="certificate_fits"),
        CheckConstraint("(level IS NOT NULL) = (code = 'level_categories')", name="level_fits"),
        ExcludeConstraint(
            ("institution_id", "="),
            ("code", "="),
            (text(_OF_WHAT), "="),
            (text("coalesce(level, '')"), "="),
            (text("daterange(effective_from, effective_to)"), "&&"),
            using="gist",
            name="policy_limits_one_in_force_excl",
            where=text("withdrawn_at IS NULL"),
        ),
        Index(
            "policy_limits_one_version_key",
            "institution_id",
            "code",
            text(_OF_WHAT),
            text("coalesce(level, '')"),
            "version",
            unique=True,
        ),
        about(Reach.TENANT, append_only=True, updates=("effective_to", "withdrawn_at"), server_set=("recorded_at",)),
    )

    code: Mapped[str]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    certificate_level_id: Mapped[UUID | None] = mapped_column(ForeignKey("certificate_levels.id"))
    certificate_id: Mapped[UUID | None] = mapped_column(ForeignKey("certificates.id"))
    level: Mapped[str | None]
    is_waived: Mapped[bool] = mapped_column(server_default=false())
    credit_hundredths: Mapped[int | None]
    percent: Mapped[int | None]
    days: Mapped[int | None]
    categories: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    family: Mapped[str | None]
    document_number: Mapped[str]
    note: Mapped[str | None]
    effective_from: Mapped[date]
    effective_to: Mapped[date | None]
    loaded_to: Mapped[date | None]
    loaded_by: Mapped[UUID | None]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    withdrawn_at: Mapped[datetime | None]
