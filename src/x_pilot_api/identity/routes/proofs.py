"""Passwords, links to choose one, second factors, and proving anew who one is."""

from datetime import timedelta
from uuid import UUID

from fastapi import Response

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import BriefActor, CurrentActor, public, require, require_briefly, require_recent
from x_pilot_api.core.db import Session
from x_pilot_api.core.service import CurrentService
from x_pilot_api.identity import commands, queries
from x_pilot_api.identity.models import Person
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.identity.schemas import (
    CodeIn,
    EnrolmentOut,
    PasswordByLinkIn,
    PasswordChange,
    PasswordLinkOut,
    ProofIn,
    RecoveryCodesOut,
    SecondFactorOut,
)

router = AreaRouter(tags=["identity"])

_NEVER_KEPT = {"Cache-Control": "no-store"}


@router.post("/auth/password-by-link", dependencies=[public()], status_code=204)
async def choose_password_by_link(body: PasswordByLinkIn, service: CurrentService) -> None:
    """Choose a password by a link that an administrator handed over; it is good once, and all sessions end."""
    token, wanted = body.token.get_secret_value(), body.new_password.get_secret_value()
    await commands.use_link(service, token=token, wanted=wanted)


@router.post("/me/password", dependencies=[require_briefly(Permission.PASSWORDS_CHANGE)], status_code=204)
async def change_password(body: PasswordChange, service: CurrentService, actor: BriefActor) -> None:
    """Change one's own password; every other session ends."""
    change = commands.Change(
        current=body.current_password.get_secret_value(),
        wanted=body.new_password.get_secret_value(),
    )
    await commands.change_password(service, actor, change=change)


@router.post("/auth/step-up", dependencies=[require_briefly(Permission.SESSIONS_READ)], status_code=204)
async def prove_again(body: ProofIn, service: CurrentService, actor: BriefActor) -> None:
    """Prove anew who one is, for a deed that asks for a proof of the last minutes."""
    async with service.database.transaction(read_only=True) as session:
        person = await session.get_one(Person, actor.id)
    await commands.prove_password(service, person, body.password.get_secret_value())
    async with service.database.transaction() as session:
        checked = await commands.prove_again(session, actor, sealer=service.sealer, code=body.otp)
    if checked.refusal is not None:
        raise checked.refusal


@router.get("/me/second-factor", dependencies=[require(Permission.SECOND_FACTORS_ENROL)])
async def get_second_factor(session: Session, actor: CurrentActor) -> SecondFactorOut:
    """Tell how the caller stands with a second factor."""
    factor = await queries.find_second_factor(session, actor.id)
    return SecondFactorOut(
        confirmed_at=factor.confirmed_at if factor else None,
        recovery_codes=await queries.count_recovery_codes(session, actor.id),
    )


@router.post(
    "/me/second-factor:enrol",
    dependencies=[require(Permission.SECOND_FACTORS_ENROL), require_recent()],
    status_code=201,
)
async def enrol_second_factor(
    session: Session, actor: CurrentActor, service: CurrentService, response: Response
) -> EnrolmentOut:
    """Begin a second factor; it is in force once a code of it is given back."""
    response.headers.update(_NEVER_KEPT)
    return EnrolmentOut(otpauth_uri=await commands.enrol_second_factor(session, actor, sealer=service.sealer))


@router.post("/me/second-factor:confirm", dependencies=[require(Permission.SECOND_FACTORS_ENROL), require_recent()])
async def confirm_second_factor(
    body: CodeIn, session: Session, actor: CurrentActor, service: CurrentService, response: Response
) -> RecoveryCodesOut:
    """Put the second factor in force by a code of it; every other session ends."""
    response.headers.update(_NEVER_KEPT)
    codes = await commands.confirm_second_factor(session, actor, sealer=service.sealer, code=body.code)
    return RecoveryCodesOut(recovery_codes=codes)


@router.post(
    "/people/{person_id}/password-links",
    dependencies=[require(Permission.PASSWORD_LINKS_ISSUE), require_recent()],
    status_code=201,
)
async def issue_password_link(
    person_id: UUID, session: Session, actor: CurrentActor, service: CurrentService, response: Response
) -> PasswordLinkOut:
    """Make a link by which somebody chooses a new password; it is told this once, and an older one ends."""
    response.headers.update(_NEVER_KEPT)
    valid = timedelta(hours=service.settings.password_link_hours)
    token, expires_at = await commands.issue_link(session, actor, person_id=person_id, valid=valid)
    return PasswordLinkOut(token=token, expires_at=expires_at)


@router.post(
    "/people/{person_id}:remove-second-factor",
    dependencies=[require(Permission.SECOND_FACTORS_REMOVE), require_recent()],
    status_code=204,
)
async def remove_second_factor(person_id: UUID, session: Session, actor: CurrentActor) -> None:
    """Take somebody's second factor away, as after a lost telephone; they enrol a new one."""
    await commands.remove_second_factor(session, actor, person_id=person_id)
