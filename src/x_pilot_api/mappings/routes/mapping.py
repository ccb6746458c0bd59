"""Conversion rules between certificates and courses."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from x_pilot_api.core import etags, pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.mappings import commands, queries, rules
from x_pilot_api.mappings.models import Direction, Mapping, MappingState
from x_pilot_api.mappings.routes.days import Today
from x_pilot_api.mappings.schemas import (
    AgreementIn,
    FilingIn,
    MappingCourseOut,
    MappingIn,
    MappingOut,
    PublicationIn,
    WithdrawalIn,
)

router = APIRouter(tags=["mappings"])


@router.get("/mappings", dependencies=[require(Permission.MAPPINGS_READ)])
async def list_mappings(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    today: Today,
    page: Page,
    programme_id: Annotated[UUID | None, Query()] = None,
    certificate_level_id: Annotated[UUID | None, Query()] = None,
    direction: Annotated[Direction | None, Query()] = None,
    state: Annotated[MappingState | None, Query()] = None,
) -> PageOut[MappingOut]:
    """List the conversion rules the caller may see: an institution's own, or an organisation's certificates'."""
    rows, token = await queries.list_mappings(
        session,
        actor,
        programme_id=programme_id,
        certificate_level_id=certificate_level_id,
        direction=direction,
        state=state,
        wish=page,
    )
    pagination.link_next(request, response, token)
    items = [_written(actor, found, today) for found in await queries.describe(session, rows)]
    return PageOut[MappingOut](items=items, next_page_token=token)


@router.post("/mappings", status_code=201, dependencies=[require(Permission.MAPPINGS_PROPOSE)])
async def propose_mapping(
    body: MappingIn, response: Response, session: Session, actor: CurrentActor, today: Today
) -> MappingOut:
    """Propose a conversion rule; a coordinator does it for their own college's programmes."""
    mapping = await commands.propose_mapping(session, actor, wish=body)
    response.headers["Location"] = f"/v1/mappings/{mapping.id}"
    return await _answer(session, actor, mapping, today)


@router.get(
    "/mappings/{mapping_id}",
    response_model=MappingOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.MAPPINGS_READ)],
)
async def get_mapping(
    mapping_id: UUID, session: Session, actor: CurrentActor, today: Today, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one conversion rule; 304 while the caller's copy is still true."""
    mapping = await queries.get_mapping(session, actor, mapping_id)
    return etags.answer(await _answer(session, actor, mapping, today), if_none_match=if_none_match)


@router.post("/mappings/{mapping_id}:agree", dependencies=[require(Permission.MAPPINGS_AGREE)])
async def agree_mapping(
    mapping_id: UUID, body: AgreementIn, session: Session, actor: CurrentActor, today: Today
) -> MappingOut:
    """Agree to a rule's content, for the programme's college or for the certificate's organisation."""
    mapping = await commands.agree_mapping(session, actor, mapping_id=mapping_id, content_hash=body.content_hash)
    return await _answer(session, actor, mapping, today)


@router.post("/mappings/{mapping_id}:approve", dependencies=[require(Permission.MAPPINGS_APPROVE)])
async def approve_mapping(mapping_id: UUID, session: Session, actor: CurrentActor, today: Today) -> MappingOut:
    """Approve a rule both parties agreed to; its credits must be within the limits in force today."""
    mapping = await commands.approve_mapping(session, actor, mapping_id=mapping_id, today=today)
    return await _answer(session, actor, mapping, today)


@router.post("/mappings/{mapping_id}:file", dependencies=[require(Permission.MAPPINGS_FILE)])
async def file_mapping(
    mapping_id: UUID, body: FilingIn, session: Session, actor: CurrentActor, today: Today
) -> MappingOut:
    """Record the filing of an approved rule with the credit bank."""
    mapping = await commands.file_mapping(session, actor, mapping_id=mapping_id, filing=body, today=today)
    return await _answer(session, actor, mapping, today)


@router.post("/mappings/{mapping_id}:publish", dependencies=[require(Permission.MAPPINGS_PUBLISH)])
async def publish_mapping(
    mapping_id: UUID, body: PublicationIn, session: Session, actor: CurrentActor, today: Today
) -> MappingOut:
    """Put a filed rule into force from a day on; the version before it ends on that day."""
    mapping = await commands.publish_mapping(session, actor, mapping_id=mapping_id, publication=body)
    return await _answer(session, actor, mapping, today)


@router.post("/mappings/{mapping_id}:withdraw", dependencies=[require(Permission.MAPPINGS_WITHDRAW)])
async def withdraw_mapping(
    mapping_id: UUID, body: WithdrawalIn, session: Session, actor: CurrentActor, today: Today
) -> MappingOut:
    """Withdraw a rule that has not taken effect; one that has is ended by publishing its successor."""
    mapping = await commands.withdraw_mapping(session, actor, mapping_id=mapping_id, reason=body.reason, today=today)
    return await _answer(session, actor, mapping, today)


async def _answer(session: Session, actor: Actor, mapping: Mapping, today: date) -> MappingOut:
    (described,) = await queries.describe(session, [mapping])
    return _written(actor, described, today)


def _written(actor: Actor, described: queries.Described, today: date) -> MappingOut:
    mapping = described.mapping
    return MappingOut(
        id=mapping.id,
        institution_id=mapping.institution_id,
        programme_id=mapping.programme_id,
        programme_code=described.programme_code,
        programme_name=described.programme_name,
        certificate_level_id=mapping.certificate_level_id,
        certificate_name=described.certificate_name,
        level=described.level,
        direction=Direction(mapping.direction),
        entry_year_from=mapping.entry_year_from,
        entry_year_to=mapping.entry_year_to,
        version=mapping.version,
        state=MappingState(mapping.state),
        courses=[
            MappingCourseOut(
                course_id=line.course_id,
                code=line.code,
                name=line.name,
                credit=line.credit_hundredths,
                grade=line.grade,
            )
            for line in described.courses
        ],
        credit=sum(line.credit_hundredths for line in described.courses),
        content_hash=mapping.content_hash,
        college_agreed=rules.has_agreed(mapping, rules.Party.COLLEGE),
        organisation_agreed=rules.has_agreed(mapping, rules.Party.ORGANISATION),
        filing_number=mapping.filing_number,
        filed_on=mapping.filed_on,
        effective_from=mapping.effective_from,
        effective_to=mapping.effective_to,
        published_at=mapping.published_at,
        allowed_deeds=rules.allowed_deeds(actor, mapping, stakes=described.stakes, today=today),
    )
