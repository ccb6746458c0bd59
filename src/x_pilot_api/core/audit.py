"""The audit record: who did what to what, written in the deed's own transaction and never changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, insert, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core import logs
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


class AuditEvent(_AuditColumns, TenantRow, Base):
    """One deed within an institution."""

    __tablename__ = "audit_events"
    __table_args__ = (
        of_institution(),
        Index(None, "institution_id", "object_kind", "object_id"),
        about(Reach.TENANT, append_only=True, server_set=("id", "recorded_at")),
    )


class PlatformAuditEvent(_AuditColumns, SharedRow, Base):
    """One deed on what all institutions share."""

    __tablename__ = "platform_audit_events"
    __table_args__ = (
        Index(None, "object_kind", "object_id"),
        about(Reach.LOCAL, append_only=True, server_set=("id", "recorded_at")),
    )


def _deed(actor: Actor, deed: str, *, object_kind: str, object_id: UUID, detail: JsonObject) -> dict[str, Any]:
    return {
        "actor_kind": actor.kind,
        "actor_id": actor.id,
        "deed": deed,
        "object_kind": object_kind,
        "object_id": object_id,
        "request_id": logs.request_id(),
        "detail": detail,
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
) -> None:
    """Write down one deed; `detail` holds figures and codes, never personal data."""
    values = _deed(actor, deed, object_kind=object_kind, object_id=object_id, detail=detail or {})
    if institution_id is None:
        await session.execute(insert(PlatformAuditEvent), values)
    else:
        await session.execute(insert(AuditEvent), values | {"institution_id": institution_id})


async def record_each(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    *,
    institution_id: UUID,
    object_kind: str,
    objects: Mapping[UUID, JsonObject],
) -> None:
    """Write down the same deed on several objects of an institution, each with its own figures, in one statement."""
    rows = [
        _deed(actor, deed, object_kind=object_kind, object_id=object_id, detail=detail)
        | {"institution_id": institution_id}
        for object_id, detail in objects.items()
    ]
    if rows:
        await session.execute(insert(AuditEvent), rows)
