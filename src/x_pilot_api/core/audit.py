"""The audit record: who did what to what, written in the deed's own transaction and never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, insert, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core import changes, leaves, logs, origins
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.db import Base, JsonObject, Reach, SharedRow, TenantRow, about, of_institution


class _AuditColumns:
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    actor_kind: Mapped[str]
    actor_id: Mapped[UUID]
    deed: Mapped[str]
    object_kind: Mapped[str]
    object_id: Mapped[UUID]
    request_id: Mapped[str]
    detail: Mapped[JsonObject]
    before: Mapped[JsonObject | None] = mapped_column(JSONB(none_as_null=True))
    after: Mapped[JsonObject | None] = mapped_column(JSONB(none_as_null=True))
    client_address: Mapped[str | None]
    client_agent: Mapped[str | None]


class AuditEvent(_AuditColumns, TenantRow, Base):
    """One deed within an institution."""

    __tablename__ = "audit_events"
    __table_args__ = (
        of_institution(),
        Index(None, "institution_id", "object_kind", "object_id"),
        Index(None, "institution_id", "recorded_at"),
        about(Reach.TENANT, append_only=True, server_set=("id", "recorded_at")),
    )

    leaf: Mapped[bytes] = leaves.leaf_of(
        "audit_events",
        institution_id="uuid",
        id="uuid",
        recorded_at="instant",
        actor_kind="text",
        actor_id="uuid",
        deed="text",
        object_kind="text",
        object_id="uuid",
        request_id="text",
        detail="json",
        before="json",
        after="json",
        client_address="text",
        client_agent="text",
    )


class PlatformAuditEvent(_AuditColumns, SharedRow, Base):
    """One deed on what all institutions share."""

    __tablename__ = "platform_audit_events"
    __table_args__ = (
        Index(None, "object_kind", "object_id"),
        Index(None, "recorded_at"),
        about(Reach.LOCAL, append_only=True, server_set=("id", "recorded_at")),
    )

    leaf: Mapped[bytes] = leaves.leaf_of(
        "platform_audit_events",
        id="uuid",
        recorded_at="instant",
        actor_kind="text",
        actor_id="uuid",
        deed="text",
        object_kind="text",
        object_id="uuid",
        request_id="text",
        detail="json",
        before="json",
        after="json",
        client_address="text",
        client_agent="text",
    )


State = Mapping[str, Any]
"""Fields of what a deed is about, as they stood at one moment."""


def _deed(
    actor: Actor,
    deed: str,
    *,
    object_kind: str,
    object_id: UUID,
    detail: JsonObject,
    before: State | None,
    after: State | None,
) -> dict[str, Any]:
    was, became = changes.difference(before, after)
    origin = origins.current()
    return {
        "actor_kind": actor.kind,
        "actor_id": actor.id,
        "deed": deed,
        "object_kind": object_kind,
        "object_id": object_id,
        "request_id": logs.request_id(),
        "detail": detail,
        "before": was,
        "after": became,
        "client_address": origin.address,
        "client_agent": origin.agent,
    }


async def record(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    *,
    institution_id: UUID | None,
    object_kind: str,
    object_id: UUID,
    detail: JsonObject | None = None,
    before: State | None = None,
    after: State | None = None,
) -> None:
    """Write down one deed; `detail` holds figures and codes, never personal data.

    `before` and `after` are the fields of what was changed (`changes.fields_of`); what is equal in both is left out.
    """
    values = _deed(
        actor,
        deed,
        object_kind=object_kind,
        object_id=object_id,
        detail=detail or {},
        before=before,
        after=after,
    )
    if institution_id is None:
        await session.execute(insert(PlatformAuditEvent), values)
    else:
        await session.execute(insert(AuditEvent), values | {"institution_id": institution_id})


@dataclass(frozen=True)
class Told:
    """What is written of one object among several: figures, and its fields before and after."""

    detail: JsonObject
    before: State | None = None
    after: State | None = None


async def record_each(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    *,
    institution_id: UUID,
    object_kind: str,
    objects: Mapping[UUID, Told],
) -> None:
    """Write down the same deed on several objects of an institution, each with its own figures, in one statement."""
    rows = [
        _deed(
            actor,
            deed,
            object_kind=object_kind,
            object_id=object_id,
            detail=told.detail,
            before=told.before,
            after=told.after,
        )
        | {"institution_id": institution_id}
        for object_id, told in objects.items()
    ]
    if rows:
        await session.execute(insert(AuditEvent), rows)
