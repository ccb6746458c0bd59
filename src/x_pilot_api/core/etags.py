"""Tags over an answer's content: 304 for who has that very content, 412 for who would change another one."""

import hashlib
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Header, Response
from pydantic import BaseModel

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both

IfNoneMatch = Annotated[str | None, Header(description="`ETag` of the copy at hand; 304 while it is still true")]
NOT_MODIFIED: Mapping[int | str, dict[str, Any]] = {304: {"description": "The copy named in If-None-Match is still so"}}

IfMatch = Annotated[str | None, Header(description="`ETag` of the copy the change is made to; refused if it is old")]
GUARDED: Mapping[int | str, dict[str, Any]] = {
    412: {"description": "Somebody changed it meanwhile"},
    428: {"description": "If-Match is missing"},
}

_DIGITS = 32


class MatchMissing(AppError):
    """A change of what several people administer came without the tag of the copy it was made to."""

    code = "if_match_missing"
    status = 428
    title_zh, title_en = "缺少 If-Match", "If-Match is missing"
    guide = Guide(
        cause=Both(
            "该对象由多人共同维护，修改时必须说明修改的是哪一个版本。",
            "Several people administer the object, so a change says which copy it was made to.",
        ),
        fix=Both(
            "先读取该对象，把回答中的 ETag 放入 If-Match 请求头。",
            "Read the object first and send its ETag in the header If-Match.",
        ),
    )


class MatchFailed(AppError):
    """Somebody changed the object since the caller read it."""

    code = "if_match_failed"
    status = 412
    title_zh, title_en = "对象已被他人修改", "Somebody changed it meanwhile"
    guide = Guide(
        cause=Both(
            "If-Match 中的标签不是该对象现在的标签：读取之后有人修改过它。",
            "The tag in If-Match is not the object's tag now: it was changed since it was read.",
        ),
        fix=Both(
            "重新读取该对象，在新的内容上修改。",
            "Read the object again and make the change to what it is now.",
        ),
    )


def _content_of(out: BaseModel) -> bytes:
    return out.model_dump_json(by_alias=True).encode()


def _tag_of(content: bytes) -> str:
    # Weak, because a proxy may compress the answer: what is equal is its meaning.
    return f'W/"{hashlib.sha256(content).hexdigest()[:_DIGITS]}"'


def _names(tags: str | None, tag: str) -> bool:
    known = {known.strip().removeprefix("W/") for known in (tags or "").split(",")}
    return tag.removeprefix("W/") in known or "*" in known


def check(out: BaseModel, *, if_match: str | None) -> None:
    """Refuse a change of a resource that is locked, unless it was made to what the resource is now."""
    if if_match is None:
        raise MatchMissing
    if not _names(if_match, _tag_of(_content_of(out))):
        raise MatchFailed


def answer(out: BaseModel, *, if_none_match: str | None) -> Response:
    """Answer with one resource and its tag, or only with the tag if the client has that very content."""
    content = _content_of(out)
    headers = {"ETag": _tag_of(content)}
    if _names(if_none_match, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="application/json", headers=headers)
