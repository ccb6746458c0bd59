"""The pages somebody opens who scanned a certificate's code or was sent a link: HTML that needs no script."""

from datetime import date, datetime, time
from pathlib import Path as FilePath
from typing import Annotated, Final
from urllib.parse import quote
from zoneinfo import ZoneInfo

from fastapi import APIRouter, BackgroundTasks, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from x_pilot_api.awards import rules as award_rules
from x_pilot_api.awards.errors import ShareClosed
from x_pilot_api.core import clock
from x_pilot_api.core.auth import public
from x_pilot_api.core.db import Session
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.languages import Language
from x_pilot_api.core.pages import PageLanguage, Pages
from x_pilot_api.core.service import CurrentService, Today
from x_pilot_api.public import queries
from x_pilot_api.public.routes import facts, wording
from x_pilot_api.public.routes.shares import note_look
from x_pilot_api.public.routes.wording import Result

# Query parameters that are not ours pass: messengers append their own to every link that is passed on.
router = APIRouter(prefix="/v", tags=["pages"], default_response_class=HTMLResponse)

_PAGES: Final = Pages(FilePath(__file__).parents[1] / "templates")
_HTML: Final = {"content": {"text/html": {"schema": {"type": "string"}}}}
_TYPED_MAX: Final = 400


@router.get(
    "", dependencies=[public()], responses={200: _HTML, 303: {"description": "To the page of the code entered"}}
)
async def show_verification_form(
    language: PageLanguage,
    code: Annotated[str, Query(max_length=_TYPED_MAX, description="What was typed: the code, or a whole address")] = "",
) -> Response:
    """Show the form that takes a certificate's code, and lead on to the code's own page."""
    typed = code.strip().partition("?")[0].rstrip("/").rpartition("/")[2].strip()
    if typed:
        target = f"/v/{quote(typed, safe='')}?lang={language}"
        return RedirectResponse(target, status_code=303, headers={"Cache-Control": "no-store"})
    return _PAGES.answer("form.html", language=language, path="/v", say=wording.said(language))


@router.get("/{code}", dependencies=[public()], responses={200: _HTML, 404: _HTML | {"description": "No such code"}})
async def show_verification(
    code: Annotated[str, Path(description="The code printed on the certificate")],
    session: Session,
    service: CurrentService,
    today: Today,
    language: PageLanguage,
    as_of: Annotated[str, Query(description="A day such as 2026-11-28: how it stood at the end of it")] = "",
) -> HTMLResponse:
    """Show whether a certificate is genuine and stands, as `GET /v1/verify/{code}` tells it, for people."""
    zone, now = ZoneInfo(service.settings.timezone), clock.now()
    day = _day(as_of, today=today)
    try:
        told = await queries.verify(session, code, as_of=_end_of(day, zone), now=now)
    except NotFound:
        then = _end_of(day, zone)
        asked = [facts.moment(wording.AS_OF, then, zone, language)] if then else []
        rows = [*asked, facts.moment(wording.CHECKED_AT, now, zone, language)]
        return _answer("verification.html", wording.NOT_FOUND, language, status=404, rows=rows, code="", path="/v")
    path = f"/v/{quote(told.code, safe='')}"
    return _answer(
        "verification.html",
        wording.RESULTS[told.state],
        language,
        look=told.state,
        rows=facts.of_verification(told, language, zone=zone, now=now),
        is_test=told.is_test,
        code=told.code,
        path=f"{path}?as_of={day}" if day else path,
        day=day.isoformat() if day else "",
        today=today.isoformat(),
    )


@router.get(
    "/shared/{token}",
    dependencies=[public()],
    responses={
        200: _HTML,
        404: _HTML | {"description": "No such link"},
        410: _HTML | {"description": "It was recalled, or its time is over"},
    },
)
async def show_shared_award(
    token: Annotated[str, Path(description="The secret of a share link")],
    request: Request,
    session: Session,
    service: CurrentService,
    language: PageLanguage,
    after: BackgroundTasks,
) -> HTMLResponse:
    """Show a certificate as its holder chose to, as `GET /v1/shared-awards/{token}` tells it, for people."""
    zone, now = ZoneInfo(service.settings.timezone), clock.now()
    path, note = f"/v/shared/{quote(token, safe='')}", wording.SAY["privacy"].said_in(language)
    rows = [facts.moment(wording.CHECKED_AT, now, zone, language)]
    try:
        share = await queries.open_share(session, token, now=now)
    except NotFound:
        return _answer("shared.html", wording.SHARE_NOT_FOUND, language, status=404, path=path, rows=rows, note=note)
    except ShareClosed:
        return _answer("shared.html", wording.SHARE_CLOSED, language, status=410, path=path, rows=rows, note=note)
    told = await queries.tell_shared(session, share, now=now)
    after.add_task(note_look, service, share, award_rules.client_kind(request.headers.get("user-agent", "")))
    return _answer(
        "shared.html",
        wording.RESULTS[told.state],
        language,
        look=told.state,
        rows=facts.of_share(told, language, zone=zone),
        is_test=told.is_test,
        path=path,
        note=wording.SAY["shared_note"].said_in(language),
    )


def _answer(
    template: str,
    result: Result,
    language: Language,
    *,
    path: str,
    look: str = "unknown",
    is_test: bool = False,
    status: int = 200,
    **data: object,
) -> HTMLResponse:
    shown = {"look": look, "title": result.title.said_in(language), "says": result.says.said_in(language)}
    return _PAGES.answer(
        template,
        language=language,
        path=path,
        status=status,
        say=wording.said(language),
        result=shown,
        is_test=is_test,
        **data,
    )


def _day(written: str, *, today: date) -> date | None:
    """Read a day before today; today itself, and what is no day, is the same as none."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if day < today else None


def _end_of(day: date | None, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(day, time.max, zone) if day else None
