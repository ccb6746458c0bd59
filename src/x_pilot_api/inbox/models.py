"""Tables of messages, of how persons want to hear of them, and of what was mailed."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, JsonObject, Reach, TenantRow, about, of_institution, one_of, within
from x_pilot_api.core.sealed import sealed


class MailState(StrEnum):
    """What became of a mail: refused by the receiving side for good, or given up, or no longer wanted."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"
    FAILED = "failed"
    DROPPED = "dropped"


class Message(TenantRow, Base):
    """One message to one person about something in one institution; it is there from `shown_from` on."""

    __tablename__ = "messages"
    __table_args__ = (
        of_institution(),
        CheckConstraint("(object_kind IS NULL) = (object_id IS NULL)", name="object_whole"),
        Index(None, "person_id", "id"),
        Index(None, "person_id", postgresql_where=text("read_at IS NULL")),
        Index(None, "created_at"),
        about(
            Reach.TENANT, append_only=True, forgets=True, updates=("read_at",), server_set=("id", "created_at")
        ),
    )  # fmt: skip

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    batch_id: Mapped[UUID]
    kind: Mapped[str]
    figures: Mapped[JsonObject]
    object_kind: Mapped[str | None]
    object_id: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    shown_from: Mapped[datetime]
    read_at: Mapped[datetime | None]


class Mail(TenantRow, Base):
    """One message on its way to the mail address of its person, and what became of the tries."""

    __tablename__ = "mails"
    __table_args__ = (
        within("message_id", to="messages"),
        one_of("state", MailState),
        CheckConstraint("attempts >= 0", name="attempts_not_negative"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sending_has_an_instant"),
        Index(None, "institution_id", "batch_id"),
        Index(None, "institution_id", "message_id"),
        about(Reach.TENANT, server_set=("id",)),
    )

    message_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    batch_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(server_default=text("'waiting'"))
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    next_attempt_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    last_status: Mapped[int | None]
    last_error: Mapped[str | None]


class MessagePreference(Base):
    """One kind of message that a person wants by mail too; without a row it stays in the application."""

    __tablename__ = "message_preferences"
    __table_args__ = (about(Reach.SHARED),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)


class MailAddress(Base):
    """One person's mail address; mail goes to it from the moment a code sent there came back, until it is refused."""

    __tablename__ = "mail_addresses"
    __table_args__ = (
        CheckConstraint("failures >= 0", name="failures_not_negative"),
        CheckConstraint("code_hash IS NULL OR octet_length(code_hash) = 32", name="code_hash_whole"),
        CheckConstraint("(code_hash IS NULL) = (code_expires_at IS NULL)", name="code_has_an_end"),
        CheckConstraint("(refused_at IS NULL) = (refused_status IS NULL)", name="refusal_has_a_status"),
        about(Reach.SHARED),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    sealed_address: Mapped[bytes] = sealed()
    key_id: Mapped[str]
    asked_at: Mapped[datetime]
    code_hash: Mapped[bytes | None]
    code_expires_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(server_default=text("0"))
    confirmed_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]
    refused_status: Mapped[int | None]
