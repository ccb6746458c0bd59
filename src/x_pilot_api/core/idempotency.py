"""Doing a deed once: the key, the effect and the answer are committed together or not at all."""

import hashlib
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, TypeVar
from uuid import UUID

from fastapi import Depends, Header, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy import Index, LargeBinary, delete, select, text, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core import clock, metrics
from x_pilot_api.core.auth import CurrentActor
from x_pilot_api.core.db import Base, JsonObject, Reach, Session, about, of_institution, write
from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both

_KEY_MAX = 255
Answer = TypeVar("Answer", bound=BaseModel)


class KeyMissing(AppError):
    """The deed moves credits, money, attempts or results, and came without a key."""

    code = "idempotency_key_missing"
    status = 400
    title_zh, title_en = "缺少 Idempotency-Key", "Idempotency-Key is missing"
    detail_zh, detail_en = (
        "请求头 Idempotency-Key 需为 1 至 255 个字符。",
        "Send a header Idempotency-Key of 1 to 255 characters.",
    )
    guide = Guide(
        cause=Both(
            "该操作会变动学分、成绩或准考证号，必须带幂等键，而请求没有带，或键超过 255 个可打印字符。",
            "The deed moves credits, results or admission numbers and came without a key, or with too long a one.",
        ),
        fix=Both(
            "为每一次新操作生成一个新键（例如 UUID）；重试同一操作时使用原键。",
            "Make a new key, such as a UUID, for each new deed; repeat a deed with the key it had.",
        ),
    )


class KeyReused(AppError):
    """The key was used before, for another body or query."""

    code = "idempotency_key_reused"
    status = 422
    title_zh, title_en = "Idempotency-Key 已用于其他内容", "This Idempotency-Key was used for another body"
    guide = Guide(
        cause=Both(
            "同一个键之前用于其他内容或查询参数的请求。",
            "The same key was used before for another body or query.",
        ),
        fix=Both(
            "新操作用新键；若要重试原操作，请原样发送原请求。",
            "Use a new key for a new deed; to repeat the old one, send exactly what was sent then.",
        ),
    )


class _KeyColumns:
    caller_id: Mapped[UUID] = mapped_column(primary_key=True)
    method: Mapped[str] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    body_hash: Mapped[bytes] = mapped_column(LargeBinary)
    status: Mapped[int | None]
    answer: Mapped[JsonObject | None]
    location: Mapped[str | None]
    claimed_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class IdempotencyKey(_KeyColumns, Base):
    """One answered deed within an institution: what was asked under which key, and what was answered; kept 30 days."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (of_institution(), Index(None, "institution_id", "claimed_at"), about(Reach.TENANT))

    institution_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-1)


class PlatformIdempotencyKey(_KeyColumns, Base):
    """One answered deed on what all institutions share, such as a ceiling."""

    __tablename__ = "platform_idempotency_keys"
    __table_args__ = (Index(None, "claimed_at"), about(Reach.LOCAL))


AnsweredDeed = IdempotencyKey | PlatformIdempotencyKey


def _table_of(institution_id: UUID | None) -> type[AnsweredDeed]:
    return PlatformIdempotencyKey if institution_id is None else IdempotencyKey


@dataclass(frozen=True)
class Once:
    """The claim of one request on one effect."""

    request: Request
    response: Response
    session: AsyncSession
    caller_id: UUID
    key: str | None

    async def __call__(
        self,
        shape: type[Answer],
        deed: Coroutine[Any, Any, Answer],
        *,
        institution_id: UUID | None,
        status: int = 201,
        location: Callable[[Answer], str] | None = None,
    ) -> Answer | JSONResponse:
        """Do the deed, or give the answer it got when it was done before; `location` says where the new thing is.

        Without an institution the deed is one on what all of them share.
        """
        try:
            stored = await self._claim(institution_id)
            return (
                self._again(stored, status) if stored else await self._do(shape, deed, institution_id, status, location)
            )
        finally:
            deed.close()

    def _again(self, stored: AnsweredDeed, status: int) -> JSONResponse:
        metrics.idempotency_hits.inc()
        headers = {"Idempotency-Hit": "true"} | ({"Location": stored.location} if stored.location else {})
        return JSONResponse(stored.answer, status_code=stored.status or status, headers=headers)

    async def _do(
        self,
        shape: type[Answer],
        deed: Coroutine[Any, Any, Answer],
        institution_id: UUID | None,
        status: int,
        location: Callable[[Answer], str] | None,
    ) -> Answer:
        answer = await deed
        place = location(answer) if location else None
        if place is not None:
            self.response.headers["Location"] = place
        await self.session.execute(
            update(_table_of(institution_id))
            .where(*self._is_mine(institution_id))
            .values(status=status, answer=shape.model_validate(answer).model_dump(mode="json"), location=place)
        )
        return answer

    def _name(self, institution_id: UUID | None) -> dict[str, object]:
        scope: dict[str, object] = {} if institution_id is None else {"institution_id": institution_id}
        return scope | {
            "caller_id": self.caller_id,
            "method": self.request.method,
            "path": self.request.url.path,
            "key": self.key,
        }

    def _is_mine(self, institution_id: UUID | None) -> list[Any]:
        table = _table_of(institution_id)
        return [getattr(table, column) == value for column, value in self._name(institution_id).items()]

    async def _claim(self, institution_id: UUID | None) -> AnsweredDeed | None:
        """Take the key, or find the answer it has; a twin still at work is waited for by the unique key itself."""
        if self.key is None:
            raise KeyMissing
        # What the query asks for is part of what was asked: the same key with another one is refused too.
        asked = self.request.url.query.encode() + b"\n" + await self.request.body()
        body_hash = hashlib.sha256(asked).digest()
        table = _table_of(institution_id)
        claimed = await self.session.execute(
            insert(table)
            .values(**self._name(institution_id), body_hash=body_hash)
            .on_conflict_do_nothing()
            .returning(table.key)
        )
        if claimed.first() is not None:
            return None
        stored = (await self.session.scalars(select(table).where(*self._is_mine(institution_id)))).one()
        if stored.body_hash != body_hash:
            raise KeyReused
        return stored


def get_once(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    idempotency_key: Annotated[str | None, Header(description="1 to 255 characters; one key, one effect")] = None,
) -> Once:
    """Read the key from the request; a deed that is done under it is refused without one."""
    key = (idempotency_key or "").strip()
    if len(key) > 1 and key[0] == key[-1] == '"':
        key = key[1:-1]
    fits = 0 < len(key) <= _KEY_MAX and key.isprintable()
    return Once(request=request, response=response, session=session, caller_id=actor.id, key=key if fits else None)


RunOnce = Annotated[Once, Depends(get_once)]


KEPT = timedelta(days=30)
_SLICE = 1_000


async def forget_old(session: AsyncSession) -> int:
    """Delete a slice of the keys that are older than we promise to keep them; tell how many, 0 when none is left."""
    old = clock.now() - KEPT
    institution_id = await session.scalar(
        select(IdempotencyKey.institution_id).where(IdempotencyKey.claimed_at < old).limit(1)
    )
    table = _table_of(institution_id)
    within = () if institution_id is None else (IdempotencyKey.institution_id == institution_id,)
    name = tuple_(table.caller_id, table.method, table.path, table.key)
    slice_ = (
        select(table.caller_id, table.method, table.path, table.key)
        .where(*within, table.claimed_at < old)
        .limit(_SLICE)
        .with_for_update(skip_locked=True)
    )
    return await write(session, delete(table).where(*within, name.in_(slice_)))
