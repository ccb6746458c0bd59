"""Links by which a holder shows a certificate, and who looked."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, one_of, within


class ShareField(StrEnum):
    """What a holder may choose to show; whether the certificate stands is shown always."""

    FULL_NAME = "full_name"
    CERTIFICATE = "certificate"
    LEVEL = "level"
    ORGANISATION = "organisation"
    INSTITUTION = "institution"
    NUMBER = "number"
    ISSUED_ON = "issued_on"
    SCORE = "score"
    CREDIT = "credit"


class ClientKind(StrEnum):
    """What looked, as coarsely as can be of use to the holder."""

    PHONE = "phone"
    COMPUTER = "computer"
    PROGRAM = "program"


class AwardShare(TenantRow, Base):
    """One link to a certificate, for a time; of its secret only a hash is kept."""

    __tablename__ = "award_shares"
    __table_args__ = (
        within("award_id", to="awards"),
        within("student_id", to="students"),
        CheckConstraint("views_max > 0", name="views_counted"),
        CheckConstraint("expires_at > created_at", name="lasts"),
        UniqueConstraint("institution_id", "token_hash"),
        Index(None, "institution_id", "award_id"),
        about(Reach.TENANT),
    )

    award_id: Mapped[UUID]
    student_id: Mapped[UUID]
    token_hash: Mapped[bytes]
    fields: Mapped[list[str]] = mapped_column(JSONB)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    views_max: Mapped[int | None]
    recalled_at: Mapped[datetime | None]


class AwardShareView(TenantRow, Base):
    """One look at a shared certificate; nothing is kept of who looked but what kind of client it was."""

    __tablename__ = "award_share_views"
    __table_args__ = (
        within("share_id", to="award_shares"),
        one_of("client_kind", ClientKind),
        Index(None, "institution_id", "share_id"),
        about(Reach.TENANT, append_only=True, server_set=("id", "seen_at")),
    )

    share_id: Mapped[UUID]
    client_kind: Mapped[str]
    seen_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
