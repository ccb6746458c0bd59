"""Tables of how somebody proves who they are beside a password, and of links that let them choose one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, SharedRow, about
from x_pilot_api.core.sealed import sealed


class SecondFactor(Base):
    """One person's generator of time-based codes (RFC 6238); it counts from the moment a code of it was given back."""

    __tablename__ = "second_factors"
    __table_args__ = (
        CheckConstraint("failures >= 0", name="failures_not_negative"),
        CheckConstraint("(confirmed_at IS NULL) = (last_step IS NULL)", name="confirmed_by_a_code"),
        about(Reach.SHARED),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    sealed_secret: Mapped[bytes] = sealed()
    key_id: Mapped[str]
    enrolled_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int | None]
    failures: Mapped[int] = mapped_column(server_default=text("0"))
    failed_at: Mapped[datetime | None]
    locked_until: Mapped[datetime | None]


class RecoveryCode(Base):
    """One code that stands for a lost generator, once; known by its hash alone."""

    __tablename__ = "recovery_codes"
    __table_args__ = (
        CheckConstraint("octet_length(code_hash) = 32", name="code_hash_whole"),
        about(Reach.SHARED),
    )

    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("second_factors.person_id", ondelete="CASCADE"), primary_key=True
    )
    code_hash: Mapped[bytes] = mapped_column(primary_key=True)
    used_at: Mapped[datetime | None]


class PasswordLink(SharedRow, Base):
    """One link by which a person chooses a password without having one; a newer link ends an older one."""

    __tablename__ = "password_links"
    __table_args__ = (
        CheckConstraint("octet_length(token_hash) = 32", name="token_hash_whole"),
        CheckConstraint("used_at IS NULL OR ended_at IS NOT NULL", name="used_is_ended"),
        Index("password_links_one_open_key", "person_id", unique=True, postgresql_where=text("ended_at IS NULL")),
        about(Reach.SHARED),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    issued_by: Mapped[UUID]
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
