"""Telling a client that what it has is still so: a tag over the answer's content, and 304 for who names it."""

import hashlib
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Header, Response
from pydantic import BaseModel

IfNoneMatch = Annotated[str | None, Header(description="`ETag` of the copy at hand; 304 while it is still true")]
NOT_MODIFIED: Mapping[int | str, dict[str, Any]] = {304: {"description": "The copy named in If-None-Match is still so"}}

_DIGITS = 32


def answer(out: BaseModel, *, if_none_match: str | None) -> Response:
    """Answer with one resource and its tag, or only with the tag if the client has that very content."""
    content = out.model_dump_json(by_alias=True).encode()
    opaque = f'"{hashlib.sha256(content).hexdigest()[:_DIGITS]}"'
    # Weak, because a proxy may compress the answer: what is equal is its meaning.
    headers = {"ETag": f"W/{opaque}"}
    known = {tag.strip().removeprefix("W/") for tag in (if_none_match or "").split(",")}
    if opaque in known or "*" in known:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="application/json", headers=headers)
