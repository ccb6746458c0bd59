"""Where one is signed in, and signing out."""

from uuid import UUID

from fastapi import Request, Response

from x_pilot_api.core import clock, pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.identity import commands, queries
from x_pilot_api.identity.models import SignInSession
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.identity.schemas import EndedOut, SessionOut

router = AreaRouter(tags=["identity"])


def _shown(row: SignInSession, actor: Actor) -> SessionOut:
    return SessionOut(
        id=row.id,
        is_current=row.id == actor.session_id,
        institution_id=row.institution_id,
        agent=row.agent,
        address=row.address,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        authenticated_at=row.authenticated_at,
        second_factor_at=row.second_factor_at,
        idle_ends_at=row.idle_ends_at,
        ends_at=row.ends_at,
    )


@router.post("/auth/sign-out", dependencies=[require(Permission.SESSIONS_END)], status_code=204)
async def sign_out(session: Session, actor: CurrentActor) -> None:
    """End the session that asks; its tokens are worth nothing from the answer on."""
    await commands.sign_out(session, actor)


@router.get("/me/sessions", dependencies=[require(Permission.SESSIONS_READ)])
async def list_sessions(
    request: Request, response: Response, session: Session, actor: CurrentActor, page: Page
) -> PageOut[SessionOut]:
    """List where the caller is signed in, the oldest first."""
    rows, token = await queries.list_sessions(session, actor, now=clock.now(), wish=page)
    pagination.link_next(request, response, token)
    return PageOut[SessionOut](items=[_shown(row, actor) for row in rows], next_page_token=token)


@router.post("/me/sessions:end-others", dependencies=[require(Permission.SESSIONS_END)])
async def end_other_sessions(session: Session, actor: CurrentActor) -> EndedOut:
    """Sign out everywhere else."""
    return EndedOut(ended=await commands.end_other_sessions(session, actor))


@router.delete("/me/sessions/{session_id}", dependencies=[require(Permission.SESSIONS_END)], status_code=204)
async def end_session(session_id: UUID, session: Session, actor: CurrentActor) -> None:
    """End one of the caller's sessions, such as that of a telephone that was lost."""
    await commands.end_session(session, actor, session_id=session_id)
