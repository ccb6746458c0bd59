"""The audit: who did what, for auditors; whoever reads it is on record too."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from pydantic import AwareDatetime

from x_pilot_api.core import files, pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import JsonObject, Session, leaves_a_record
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import CurrentService
from x_pilot_api.core.texts import Code
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.oversight import commands, queries
from x_pilot_api.oversight.commands import Format
from x_pilot_api.oversight.queries import Search
from x_pilot_api.oversight.schemas import AuditEventOut

router = AreaRouter(tags=["oversight"])


def get_search(
    object_kind: Annotated[Code | None, Query(examples=["mapping"])] = None,
    object_id: Annotated[UUID | None, Query()] = None,
    actor_id: Annotated[UUID | None, Query()] = None,
    deed: Annotated[Code | None, Query(examples=["approve_mapping"])] = None,
    request_id: Annotated[Code | None, Query(description="X-Request-Id of an answer")] = None,
    since: Annotated[AwareDatetime | None, Query(description="From this instant on")] = None,
    until: Annotated[AwareDatetime | None, Query(description="Before this instant")] = None,
) -> Search:
    """Read from the query which deeds are asked for."""
    return Search(object_kind, object_id, actor_id, deed, request_id, since, until)


Wanted = Annotated[Search, Depends(get_search)]


def _asked(request: Request) -> JsonObject:
    """Tell what was asked for; every parameter is an id, a code or an instant."""
    return {name: value for name, value in request.query_params.items() if name != "page_token"}


@router.get("/audit-events", dependencies=[require(Permission.AUDIT_READ)])
@leaves_a_record
async def list_audit_events(
    request: Request, response: Response, session: Session, actor: CurrentActor, page: Page, search: Wanted
) -> PageOut[AuditEventOut]:
    """List deeds, oldest first: an institution's for its auditors, the platform's for the platform's.

    Reading is a deed too, and is on record before anything is shown.
    """
    await commands.note_reading(session, actor, deed="read_audit", asked=_asked(request))
    rows, token = await queries.list_events(session, actor, search=search, wish=page)
    pagination.link_next(request, response, token)
    items = [AuditEventOut.model_validate(row, from_attributes=True) for row in rows]
    return PageOut[AuditEventOut](items=items, next_page_token=token)


@router.get(
    "/audit-events:export",
    dependencies=[require(Permission.AUDIT_READ)],
    response_model=AuditEventOut,
    response_class=Response,
    responses={200: {"description": "One event a line", "content": {"application/x-ndjson": {}, "text/csv": {}}}},
)
@leaves_a_record
async def export_audit_events(
    request: Request,
    session: Session,
    service: CurrentService,
    actor: CurrentActor,
    search: Wanted,
    form: Annotated[Format, Query(alias="format")] = Format.NDJSON,
) -> Response:
    """Export deeds as NDJSON, or as CSV in which no cell begins a formula; the export itself is on record."""
    content = await commands.export_events(
        session, actor, service=service, search=search, form=form, asked=_asked(request)
    )
    return files.answer(content, f"audit-events.{form}")
