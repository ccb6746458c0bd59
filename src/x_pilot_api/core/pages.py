"""Pages that people read without an application: templates of ours, everything escaped, no script, one style."""

import base64
import hashlib
from pathlib import Path
from typing import Annotated, Final

from fastapi import Depends, Header, Query
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from x_pilot_api.core import languages
from x_pilot_api.core.languages import Both, Language

_FOLDER: Final = Path(__file__).with_name("templates")
_STYLE: Final = (_FOLDER / "page.css").read_text(encoding="utf-8")
_STYLE_HASH: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""What a browser may do with such a page: apply its one style, and send its form back to us."""

_CODE: Final = Both("错误代码", "Code")
_REQUEST: Final = Both("请求编号", "Request")
_EXPLAINED: Final = Both("原因与处理办法", "Why, and what to do")


class Pages:
    """Fills the templates of one folder, which extend our `base.html`."""

    def __init__(self, folder: Path) -> None:
        self._templates: Final = Environment(
            loader=FileSystemLoader([folder, _FOLDER]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def answer(
        self, template: str, *, language: Language, path: str, status: int = 200, **data: object
    ) -> HTMLResponse:
        """Fill a template; `path` is where the page stands, for the link to its other language."""
        other, name = (Language.EN, "English") if language is Language.ZH else (Language.ZH, "中文")
        written = self._templates.get_template(template).render(
            data,
            language=language,
            path=path,
            style=Markup(_STYLE),  # noqa: S704 - our own file
            other_language=other,
            other_language_name=name,
        )
        return HTMLResponse(
            written,
            status_code=status,
            headers={
                "Content-Security-Policy": POLICY,
                "Content-Language": language,
                "Vary": "Accept-Language",
                "X-Robots-Tag": "noindex, nofollow",
                "Cache-Control": "no-store",
            },
        )


_REFUSALS: Final = Pages(_FOLDER)


def refusal(
    *, language: Language, path: str, status: int, title: str, detail: str, code: str, request_id: str
) -> HTMLResponse:
    """Say a refusal to somebody who opened a page."""
    return _REFUSALS.answer(
        "refusal.html",
        language=language,
        path=path,
        status=status,
        title=title,
        detail=detail,
        facts=[(_CODE.said_in(language), code), (_REQUEST.said_in(language), request_id)],
        code=code,
        explained=_EXPLAINED.said_in(language),
    )


def get_language(
    lang: Annotated[str, Query(description="`zh-CN` or `en`, instead of Accept-Language")] = "",
    accept_language: Annotated[str, Header(description="`en…` for English, else Chinese")] = "",
) -> Language:
    """Read the language of a page: from its address if that names one, else from the header."""
    named = [language for language in Language if language.value == lang]
    return named[0] if named else languages.asked_for(accept_language)


PageLanguage = Annotated[Language, Depends(get_language)]
