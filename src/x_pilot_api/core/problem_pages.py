"""The pages behind the `type` of every problem: what a code means, why one gets it, and what to do about it."""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Query
from fastapi.responses import HTMLResponse

from x_pilot_api.core import languages, strict_query
from x_pilot_api.core.auth import public
from x_pilot_api.core.errors import ITEM_CODES, REGISTRY, AppError, ItemCode, NotFound
from x_pilot_api.core.languages import Both, Language

router = APIRouter(
    prefix="/problems",
    tags=["problems"],
    dependencies=[Depends(strict_query.refuse_unknown_parameters)],
    default_response_class=HTMLResponse,
)

_STYLE = (
    "body{font:16px/1.6 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}"
    "code,pre{font-family:ui-monospace,monospace;background:#f2f2f2}pre{padding:1rem;overflow:auto}"
    "dt{font-weight:600;margin-top:1rem}dd{margin:0}"
    "td,th{text-align:left;padding:.2rem .8rem .2rem 0;vertical-align:top}"
)
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

_ALL = Both("全部错误代码", "All codes")
_REFUSALS = Both("拒绝的请求", "Refused requests")
_ITEMS = Both("行和名单条目的代码", "Codes of rows and of items of lists")
_STATUS = Both("状态码", "Status")
_SAYS = Both("说明", "What it says")
_CAUSE = Both("原因", "Cause")
_FIX = Both("处理办法", "What to do")
_EXAMPLE = Both("示例", "Example")

_MEDIA = {"content": {"text/html": {"schema": {"type": "string"}}}}


def get_page_language(
    lang: Annotated[Language | None, Query(description="The page's language, instead of Accept-Language")] = None,
    accept_language: Annotated[str, Header(description="`en…` for English, else Chinese")] = "",
) -> Language:
    """Read the language of the page: from its address if it is there, else from the header."""
    return lang or languages.asked_for(accept_language)


PageLanguage = Annotated[Language, Depends(get_page_language)]


@router.get("", dependencies=[public()], responses={200: _MEDIA})
async def list_problems(language: PageLanguage) -> HTMLResponse:
    """Show every code the service can answer with, as a page."""
    return _page(_ALL.said_in(language), "".join(_index(language)), language=language, path="/problems")


@router.get("/{code}", dependencies=[public()], responses={200: _MEDIA})
async def get_problem(
    code: Annotated[str, Path(max_length=64, description="The `code` of a problem, or of a row's outcome")],
    language: PageLanguage,
) -> HTMLResponse:
    """Show what a code means, why one gets it, what to do, and an example, as a page."""
    refusal, item = REGISTRY.get(code), ITEM_CODES.get(code)
    if refusal is None and item is None:
        raise NotFound(what="code", zh="错误代码")
    parts = [
        *(_of_refusal(refusal, language) if refusal else ()),
        *(_of_item(item, language) if item else ()),
        f'<p><a href="/problems?lang={language}">{escape(_ALL.said_in(language))}</a></p>',
    ]
    return _page(code, "".join(parts), language=language, path=f"/problems/{code}")


def _index(language: Language) -> Iterator[str]:
    yield f"<h2>{escape(_REFUSALS.said_in(language))}</h2><table>"
    for code, refusal in sorted(REGISTRY.items()):
        title = Both(refusal.title_zh, refusal.title_en).said_in(language)
        yield f"<tr><td>{refusal.status}</td><td>{_link(code, language)}</td><td>{escape(title)}</td></tr>"
    yield f"</table><h2>{escape(_ITEMS.said_in(language))}</h2><table>"
    for code, item in sorted(ITEM_CODES.items()):
        yield f"<tr><td>{_link(code, language)}</td><td>{escape(item.detail.said_in(language))}</td></tr>"
    yield "</table>"


def _link(code: str, language: Language) -> str:
    return f'<a href="/problems/{code}?lang={language}"><code>{code}</code></a>'


def example_of(refusal: type[AppError], language: Language) -> dict[str, object]:
    """Write a refusal the way a client gets it, from made-up figures."""
    example = refusal(**refusal.guide.example)  # pyright: ignore[reportArgumentType] - figures, never faults
    chinese = language is Language.ZH
    return {
        "type": f"/problems/{refusal.code}",
        "title": example.title(chinese=chinese),
        "status": refusal.status,
        "detail": example.detail(chinese=chinese),
        "instance": "/v1/…",
        "code": refusal.code,
        "request_id": "3f0c1d2e4b5a69788796a5b4c3d2e1f0",
        "errors": [],
        "figures": dict(refusal.guide.example),
    }


def _of_refusal(refusal: type[AppError], language: Language) -> Iterator[str]:
    title = Both(refusal.title_zh, refusal.title_en).said_in(language)
    detail = Both(refusal.detail_zh, refusal.detail_en).said_in(language) or title
    yield f"<h2>{escape(title)}</h2>"
    yield _list(
        {
            _STATUS: str(refusal.status),
            _SAYS: detail,
            _CAUSE: refusal.guide.cause.said_in(language),
            _FIX: refusal.guide.fix.said_in(language),
        },
        language,
    )
    written = json.dumps(example_of(refusal, language), ensure_ascii=False, indent=2)
    yield f"<h3>{escape(_EXAMPLE.said_in(language))}</h3><pre>{escape(written)}</pre>"


def _of_item(item: ItemCode, language: Language) -> Iterator[str]:
    yield f"<h2>{escape(item.kind.said_in(language))}</h2>"
    says = item.detail.said_in(language)
    said = {_SAYS: says, _FIX: item.fix.said_in(language)}
    if item.example:
        said[_EXAMPLE] = says.format_map(item.example)
    yield _list(said, language)


def _list(said: Mapping[Both, str], language: Language) -> str:
    rows = (f"<dt>{escape(name.said_in(language))}</dt><dd>{escape(text)}</dd>" for name, text in said.items())
    return f"<dl>{''.join(rows)}</dl>"


def _page(title: str, body: str, *, language: Language, path: str) -> HTMLResponse:
    other, name = (Language.EN, "English") if language is Language.ZH else (Language.ZH, "中文")
    return HTMLResponse(
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)} · X-Pilot</title>'
        f"<style>{_STYLE}</style></head><body>"
        f'<p><a href="{escape(path)}?lang={other}" lang="{other}">{name}</a></p>'
        f"<h1>{escape(title)}</h1>{body}</body></html>",
        headers={
            "Content-Security-Policy": _POLICY,
            "Content-Language": language,
            "Vary": "Accept-Language",
            "Cache-Control": "public, max-age=3600",
        },
    )
