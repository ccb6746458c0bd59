"""Seed teachers."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.certificates.models import Level
from x_pilot_api.core import pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import Today
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.qualifications import commands, queries
from x_pilot_api.qualifications.models import SeedTeacher, SeedTeacherState
from x_pilot_api.qualifications.schemas import (
    SeedCertificationIn,
    SeedNominationIn,
    SeedReasonIn,
    SeedRenewalIn,
    SeedTeacherOut,
)

router = AreaRouter(tags=["qualifications"])


@router.get("/seed-teachers", dependencies=[require(Permission.SEED_TEACHERS_READ)])
async def list_seed_teachers(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    today: Today,
    page: Page,
    teacher_id: Annotated[UUID | None, Query()] = None,
    college_id: Annotated[UUID | None, Query()] = None,
    certificate_category_id: Annotated[UUID | None, Query()] = None,
    tier: Annotated[Level | None, Query()] = None,
    state: Annotated[SeedTeacherState | None, Query(description="As the day has it")] = None,
) -> PageOut[SeedTeacherOut]:
    """List seed teachers: the institution's, a coordinator's own colleges', or a teacher's own."""
    rows, token = await queries.list_seeds(
        session,
        actor,
        today=today,
        teacher_id=teacher_id,
        college_id=college_id,
        certificate_category_id=certificate_category_id,
        tier=tier,
        state=state,
        wish=page,
    )
    pagination.link_next(request, response, token)
    items = await queries.describe_seeds(session, actor, rows, today=today)
    return PageOut[SeedTeacherOut](items=items, next_page_token=token)


@router.post("/seed-teachers", status_code=201, dependencies=[require(Permission.SEED_TEACHERS_NOMINATE)])
async def nominate_seed_teacher(
    body: SeedNominationIn, response: Response, session: Session, actor: CurrentActor, today: Today
) -> SeedTeacherOut:
    """Nominate a teacher of one's own college (N(7)); 409 `seed_nomination_open` while another one waits."""
    seed = await commands.nominate_seed(session, actor, wish=body)
    response.headers["Location"] = f"/v1/seed-teachers/{seed.id}"
    return await _answer(session, actor, seed, today)


@router.get("/seed-teachers/{seed_teacher_id}", dependencies=[require(Permission.SEED_TEACHERS_READ)])
async def get_seed_teacher(
    seed_teacher_id: UUID, session: Session, actor: CurrentActor, today: Today
) -> SeedTeacherOut:
    """Read one seed teacher."""
    return await _answer(session, actor, await queries.get_seed(session, actor, seed_teacher_id), today)


@router.post("/seed-teachers/{seed_teacher_id}:certify", dependencies=[require(Permission.SEED_TEACHERS_CERTIFY)])
async def certify_seed_teacher(
    seed_teacher_id: UUID, body: SeedCertificationIn, session: Session, actor: CurrentActor, today: Today
) -> SeedTeacherOut:
    """Certify a nominated teacher for a term; 409 `seed_second_person_needed` for whoever nominated them."""
    seed = await commands.certify_seed(session, actor, seed_id=seed_teacher_id, wish=body, today=today)
    return await _answer(session, actor, seed, today)


@router.post("/seed-teachers/{seed_teacher_id}:decline", dependencies=[require(Permission.SEED_TEACHERS_CERTIFY)])
async def decline_seed_teacher(
    seed_teacher_id: UUID, body: SeedReasonIn, session: Session, actor: CurrentActor, today: Today
) -> SeedTeacherOut:
    """Do not certify a nominated teacher, and say why."""
    seed = await commands.decline_seed(session, actor, seed_id=seed_teacher_id, reason=body.reason, today=today)
    return await _answer(session, actor, seed, today)


@router.post(
    "/seed-teachers/{seed_teacher_id}:renew",
    status_code=201,
    dependencies=[require(Permission.SEED_TEACHERS_NOMINATE)],
)
async def renew_seed_teacher(
    seed_teacher_id: UUID,
    body: SeedRenewalIn,
    response: Response,
    session: Session,
    actor: CurrentActor,
    today: Today,
) -> SeedTeacherOut:
    """Nominate a seed teacher for another term; the answer is the new nomination."""
    seed = await commands.renew_seed(session, actor, seed_id=seed_teacher_id, wish=body, today=today)
    response.headers["Location"] = f"/v1/seed-teachers/{seed.id}"
    return await _answer(session, actor, seed, today)


@router.post("/seed-teachers/{seed_teacher_id}:revoke", dependencies=[require(Permission.SEED_TEACHERS_CERTIFY)])
async def revoke_seed_teacher(
    seed_teacher_id: UUID, body: SeedReasonIn, session: Session, actor: CurrentActor, today: Today
) -> SeedTeacherOut:
    """End a seed teacher's term today, with the cause; what they vouched for stays until it is revoked itself."""
    seed = await commands.revoke_seed(session, actor, seed_id=seed_teacher_id, reason=body.reason, today=today)
    return await _answer(session, actor, seed, today)


async def _answer(session: Session, actor: Actor, seed: SeedTeacher, today: date) -> SeedTeacherOut:
    (told,) = await queries.describe_seeds(session, actor, [seed], today=today)
    return told
