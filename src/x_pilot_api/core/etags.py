"""Telling a client that what it has is still so: a tag over the answer's content, and 304 for who names it."""

import hashlib
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Header, Response
from pydantic import BaseModel

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both

IfNoneMatch = Annotated[str | None, Header(description="`ETag` of the copy at hand; 304 while it is still true")]
NOT_MODIFIED: Mapping[int | str, dict[str, Any]] = {304: {"description": "The copy named in If-None-Match is still so"}}
IfMatch = Annotated[str | None, Header(description="`ETag` of the copy that is being changed; 428 without one")]
GUARDED: Mapping[int | str, dict[str, Any]] = {
    412: {"description": "It was changed since the copy named in If-Match was read"},
    428: {"description": "If-Match is missing"},
}

_DIGITS = 32


class CopyUnnamed(AppError):
    """Somebody would change what others may be changing, and does not say which copy they have read."""

    code = "if_match_missing"
    status = 428
    title_zh, title_en = "缺少 If-Match", "If-Match is missing"
    guide = Guide(
        cause=Both(
            "修改多人共用的对象时，必须说明修改所依据的版本。",
            "What several people may change is changed on the strength of the copy one has read.",
        ),
        fix=Both(
            "先读取该对象，再把应答中的 ETag 作为 If-Match 请求头发送。",
            "Read the object first, and send the answer's ETag in the header If-Match.",
        ),
    )


class CopyStale(AppError):
    """The object is no longer what the caller has read."""

    code = "if_match_failed"
    status = 412
    title_zh, title_en = "对象已被他人修改", "It was changed by somebody else"
    detail_zh, detail_en = "当前版本为 {etag}。", "Its present version is {etag}."
    guide = Guide(
        cause=Both(
            "在您读取之后，该对象已被修改。",
            "The object was changed after you read it.",
        ),
        fix=Both(
            "重新读取，确认他人的修改后再提交。",
            "Read it again, look at what was changed, and send your change anew.",
        ),
        example={"etag": "W/0123456789abcdef0123456789abcdef"},
    )


def tag_of(out: BaseModel) -> str:
    """Name a resource by its content; weak, because a proxy may compress the answer: what is equal is its meaning."""
    return _tag(out.model_dump_json(by_alias=True).encode())


def _tag(content: bytes) -> str:
    return f'W/"{hashlib.sha256(content).hexdigest()[:_DIGITS]}"'


def _names(header: str, tag: str) -> bool:
    known = {named.strip().removeprefix("W/") for named in header.split(",")}
    return "*" in known or tag.removeprefix("W/") in known


def check(out: BaseModel, *, if_match: str | None) -> None:
    """Refuse a change by somebody who has not read the resource as it is now; it has to be locked already."""
    if if_match is None:
        raise CopyUnnamed
    tag = tag_of(out)
    if not _names(if_match, tag):
        raise CopyStale(etag=tag)


def answer(out: BaseModel, *, if_none_match: str | None = None) -> Response:
    """Answer with one resource and its tag, or only with the tag if the client has that very content."""
    content = out.model_dump_json(by_alias=True).encode()
    headers = {"ETag": _tag(content)}
    if if_none_match is not None and _names(if_none_match, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="application/json", headers=headers)
