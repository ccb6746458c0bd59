"""People and their roles."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.identity import commands, queries
from x_pilot_api.identity.models import Membership, Person, PlatformRole, Role
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.identity.queries import Held
from x_pilot_api.identity.schemas import PersonIn, PersonNameIn, PersonOut, RoleIn, RoleOut

router = AreaRouter(tags=["identity"])


def _role(held: Held) -> RoleOut:
    inside = held if isinstance(held, Membership) else None
    return RoleOut(
        id=held.id,
        role=Role(held.role),
        institution_id=inside.institution_id if inside else None,
        college_id=inside.college_id if inside else None,
        programme_id=inside.programme_id if inside else None,
        student_id=inside.student_id if inside else None,
        organisation_id=held.organisation_id if isinstance(held, PlatformRole) else None,
        granted_by=held.granted_by,
        granted_at=held.granted_at,
    )


async def _shown(session: AsyncSession, actor: Actor, people: Sequence[Person]) -> list[PersonOut]:
    roles: defaultdict[UUID, list[RoleOut]] = defaultdict(list)
    for held in await queries.list_roles_of(session, actor, [person.id for person in people]):
        roles[held.person_id].append(_role(held))
    return [
        PersonOut(
            id=person.id,
            username=person.username,
            name=person.name,
            has_password=person.password_hash is not None,
            disabled_at=person.disabled_at,
            roles=roles[person.id],
        )
        for person in people
    ]


@router.get("/people", dependencies=[require(Permission.PEOPLE_READ)])
async def list_people(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    role: Annotated[Role | None, Query(description="Only those who hold it")] = None,
) -> PageOut[PersonOut]:
    """List the people the caller may see by user name: an institution's own, or everybody for who grants roles."""
    people, token = await queries.list_people(session, actor, role=role, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[PersonOut](items=await _shown(session, actor, people), next_page_token=token)


@router.get("/people/{person_id}", dependencies=[require(Permission.PEOPLE_READ)])
async def get_person(person_id: UUID, session: Session, actor: CurrentActor) -> PersonOut:
    """Read one person with their roles."""
    return (await _shown(session, actor, [await queries.get_person(session, actor, person_id)]))[0]


@router.post("/people", dependencies=[require(Permission.PEOPLE_CREATE)], status_code=201)
async def create_person(response: Response, session: Session, actor: CurrentActor, wish: PersonIn) -> PersonOut:
    """Create a person with their first roles; they have no password yet."""
    person = await commands.create_person(session, actor, wish=wish)
    response.headers["Location"] = f"/v1/people/{person.id}"
    return (await _shown(session, actor, [person]))[0]


@router.patch("/people/{person_id}", dependencies=[require(Permission.PEOPLE_RENAME)])
async def rename_person(person_id: UUID, session: Session, actor: CurrentActor, wish: PersonNameIn) -> PersonOut:
    """Give a person another name."""
    person = await commands.rename_person(session, actor, person_id=person_id, name=wish.name)
    return (await _shown(session, actor, [person]))[0]


@router.post("/people/{person_id}:disable", dependencies=[require(Permission.PEOPLE_DISABLE)])
async def disable_person(person_id: UUID, session: Session, actor: CurrentActor) -> PersonOut:
    """Keep a person out; all their sessions end."""
    person = await commands.disable_person(session, actor, person_id=person_id)
    return (await _shown(session, actor, [person]))[0]


@router.post("/people/{person_id}:enable", dependencies=[require(Permission.PEOPLE_DISABLE)])
async def enable_person(person_id: UUID, session: Session, actor: CurrentActor) -> PersonOut:
    """Let a person in again."""
    person = await commands.enable_person(session, actor, person_id=person_id)
    return (await _shown(session, actor, [person]))[0]


@router.post("/people/{person_id}/roles", dependencies=[require(Permission.ROLES_GRANT)], status_code=201)
async def grant_role(person_id: UUID, session: Session, actor: CurrentActor, wish: RoleIn) -> RoleOut:
    """Give a person one role more; it acts on their next request."""
    return _role(await commands.grant_role(session, actor, person_id=person_id, wish=wish))


@router.delete(
    "/people/{person_id}/roles/{role_id}", dependencies=[require(Permission.ROLES_WITHDRAW)], status_code=204
)
async def withdraw_role(person_id: UUID, role_id: UUID, session: Session, actor: CurrentActor) -> None:
    """Take a role from a person; it acts on their next request."""
    await commands.withdraw_role(session, actor, person_id=person_id, role_id=role_id)
