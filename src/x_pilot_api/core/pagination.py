"""Lists in pages: by key, never by counting rows from the start."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from sqlalchemy import Select, cast, literal, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from x_pilot_api.core.errors import Malformed

PAGE_SIZE_MAX = 100
PAGE_SIZE = 20
_NUMBER_MAX = 2**31 - 1

Item = TypeVar("Item", bound=BaseModel)
Row = TypeVar("Row")

_KEYS = TypeAdapter(list[str])


class PageOut(BaseModel, Generic[Item]):
    """One page of a list; ask for the next with `page_token`, until `next_page_token` is null."""

    items: list[Item]
    next_page_token: str | None = Field(description="Opaque; null on the last page")


@dataclass(frozen=True)
class PageWish:
    """Which page is asked for."""

    size: int
    after: tuple[str, ...] | None


def get_page_wish(
    page_size: Annotated[int, Query(ge=1, description=f"Rows a page; silently lowered to {PAGE_SIZE_MAX}")] = PAGE_SIZE,
    page_token: Annotated[str | None, Query(max_length=500, description="`next_page_token` of the page before")] = None,
) -> PageWish:
    """Read the wish from the query."""
    return PageWish(size=min(page_size, PAGE_SIZE_MAX), after=read_token(page_token) if page_token else None)


Page = Annotated[PageWish, Depends(get_page_wish)]


def read_token(token: str) -> tuple[str, ...]:
    """Read the keys of the row that a page follows."""
    try:
        return tuple(_KEYS.validate_json(base64.urlsafe_b64decode(token.encode() + b"==")))
    except (ValidationError, ValueError):
        raise Malformed(what="page_token") from None


def token_after(*keys: str) -> str:
    """Write the token of the page that follows a row with these keys."""
    return base64.urlsafe_b64encode(json.dumps(keys).encode()).decode().rstrip("=")


def text_after(wish: PageWish) -> str:
    """Read the one key a list ordered by a text goes on after; empty on the first page."""
    if wish.after is None:
        return ""
    if len(wish.after) != 1:
        raise Malformed(what="page_token")
    return wish.after[0]


def number_after(wish: PageWish) -> int:
    """Read the one whole number a list ordered by a sequence goes on after; 0 on the first page."""
    if wish.after is None:
        return 0
    try:
        number = int(text_after(wish))
    except ValueError:
        raise Malformed(what="page_token") from None
    if not 0 <= number <= _NUMBER_MAX:
        raise Malformed(what="page_token")
    return number


def id_after(wish: PageWish) -> UUID:
    """Read the one id a list ordered by ids goes on after; the least there can be on the first page."""
    if wish.after is None:
        return UUID(int=0)
    try:
        return UUID(text_after(wish))
    except ValueError:
        raise Malformed(what="page_token") from None


def _written(row: object, order: Sequence[InstrumentedAttribute[Any]]) -> str:
    return token_after(*(_text(getattr(row, column.key)) for column in order))


def _text(value: UUID | datetime | date | str | int) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _typed(value: str, column: InstrumentedAttribute[Any]) -> Any:  # noqa: ANN401 - the column's own type
    kind = column.type.python_type
    try:
        return kind.fromisoformat(value) if issubclass(kind, date) else kind(value)
    except ValueError:
        raise Malformed(what="page_token") from None


async def page_of(
    session: AsyncSession, statement: Select[Row], *, order: Sequence[InstrumentedAttribute[Any]], wish: PageWish
) -> tuple[Sequence[Row], str | None]:
    """Read one page in the order of columns that together are unique, and the token of the next."""
    if wish.after is not None:
        if len(wish.after) != len(order):
            raise Malformed(what="page_token")
        keys = [
            cast(literal(_typed(value, column), column.type), column.type)
            for value, column in zip(wish.after, order, strict=True)
        ]
        statement = statement.where(tuple_(*order) > tuple_(*keys))
    rows = (await session.scalars(statement.order_by(*order).limit(wish.size + 1))).all()
    if len(rows) <= wish.size:
        return rows, None
    return rows[: wish.size], _written(rows[wish.size - 1], order)


def link_next(request: Request, response: Response, token: str | None) -> None:
    """Point to the next page in the Link header."""
    if token is not None:
        following = request.url.include_query_params(page_token=token)
        response.headers["Link"] = f'<{following.path}?{following.query}>; rel="next"'
