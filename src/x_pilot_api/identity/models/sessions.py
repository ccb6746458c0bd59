"""Tables of who is signed in, and of who tried."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, SharedRow, about, one_of


class SessionEnd(StrEnum):
    """Why a session ended before its time."""

    SIGNED_OUT = "signed_out"
    ENDED_BY_PERSON = "ended_by_person"
    TOKEN_REUSED = "token_reused"  # noqa: S105 - a reason
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a reason
    PERSON_DISABLED = "person_disabled"
    SECOND_FACTOR_CHANGED = "second_factor_changed"
    ADMINISTRATOR = "administrator"


class SignInSession(SharedRow, Base):
    """One person signed in with one program, for one institution, until it ends or its time is over."""

    __tablename__ = "sessions"
    __table_args__ = (
        one_of("ended_reason", SessionEnd),
        CheckConstraint("(ended_at IS NULL) = (ended_reason IS NULL)", name="reason_for_ending"),
        CheckConstraint("idle_ends_at <= ends_at", name="idle_within_life"),
        Index(None, "person_id"),
        # What housekeeping looks for.
        Index(None, "idle_ends_at"),
        about(Reach.SHARED),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    institution_id: Mapped[UUID | None] = mapped_column(ForeignKey("institutions.id"))
    agent: Mapped[str]
    address: Mapped[str]
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime]
    authenticated_at: Mapped[datetime]
    second_factor_at: Mapped[datetime | None]
    ends_at: Mapped[datetime]
    idle_ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_reason: Mapped[str | None]


class RefreshToken(Base):
    """One refresh token of a session, known by its hash alone; the session's last one is the only one not yet used."""

    __tablename__ = "refresh_tokens"
    __table_args__ = (
        UniqueConstraint("session_id", "number"),
        Index("refresh_tokens_one_unused_key", "session_id", unique=True, postgresql_where=text("used_at IS NULL")),
        CheckConstraint("number >= 1", name="number_positive"),
        CheckConstraint("octet_length(token_hash) = 32", name="token_hash_whole"),
        about(Reach.SHARED),
    )

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    session_id: Mapped[UUID] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"))
    number: Mapped[int]
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class AttemptKind(StrEnum):
    """What failed attempts to sign in are counted by."""

    ACCOUNT = "account"
    ADDRESS = "address"


class SignInAttempts(Base):
    """How often signing in failed for one account or from one address, each known by a keyed hash alone."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (
        one_of("kind", AttemptKind),
        CheckConstraint("failures >= 0", name="failures_not_negative"),
        Index(None, "failed_at"),
        about(Reach.LOCAL),
    )

    kind: Mapped[str] = mapped_column(primary_key=True)
    key_hash: Mapped[bytes] = mapped_column(primary_key=True)
    failures: Mapped[int]
    failed_at: Mapped[datetime]
    locked_until: Mapped[datetime | None]
