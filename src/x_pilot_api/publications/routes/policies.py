"""The policy library."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path, Query, Request, Response

from x_pilot_api.core import etags, pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfMatch, IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import Today
from x_pilot_api.core.texts import Line
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.publications.commands import policies as commands
from x_pilot_api.publications.models import PolicyDraft, PolicyKind, PolicyLevel
from x_pilot_api.publications.queries import policies as queries
from x_pilot_api.publications.schemas.policies import (
    PolicyComparisonOut,
    PolicyContentIn,
    PolicyDocumentOut,
    PolicyDraftIn,
    PolicyDraftOut,
    PolicyHitOut,
    PolicyRepealIn,
    PolicyVersionOut,
)

router = AreaRouter(tags=["publications"])

_READ = require(Permission.POLICY_DOCUMENTS_READ)
_WRITE = require(Permission.POLICY_DOCUMENTS_WRITE)
_NUMBER_MAX = 10_000

VersionNumber = Annotated[int, Path(ge=1, le=_NUMBER_MAX)]
AsOf = Annotated[date | None, Query(alias="on", description="How it was on this day; else today")]


@router.get("/policy-documents", dependencies=[_READ])
async def search_policy_documents(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    today: Today,
    page: Page,
    text: Annotated[
        Line | None,
        Query(description="Words parted by blanks, all of which must occur; width, case and brackets do not matter"),
    ] = None,
    on: AsOf = None,
    level: Annotated[PolicyLevel | None, Query()] = None,
    kind: Annotated[PolicyKind | None, Query()] = None,
    every_version: Annotated[bool, Query(description="Also what does not hold on the day")] = False,
) -> PageOut[PolicyHitOut]:
    """Search the library: what says it in its title or number first, then the latest; only what holds, unless asked."""
    items, token = await queries.search_versions(
        session,
        actor,
        query=text,
        on=on or today,
        level=level,
        kind=kind,
        every_version=every_version,
        wish=page,
    )
    pagination.link_next(request, response, token)
    return PageOut[PolicyHitOut](items=items, next_page_token=token)


@router.get("/policy-documents/{document_id}", dependencies=[_READ])
async def get_policy_document(
    document_id: UUID, session: Session, actor: CurrentActor, today: Today, on: AsOf = None
) -> PolicyDocumentOut:
    """Read a document as it was on a day: the version that held, or the one that began last, and all there are."""
    return await queries.tell_document(session, actor, document_id, on=on or today)


@router.get(
    "/policy-documents/{document_id}/versions/{number}",
    response_model=PolicyVersionOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[_READ],
)
async def get_policy_version(
    document_id: UUID, number: VersionNumber, session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one published version, which never changes."""
    version = await queries.get_version(session, actor, document_id, number)
    return etags.answer(queries.tell_version(version), if_none_match=if_none_match)


@router.get("/policy-documents/{document_id}/comparison", dependencies=[_READ])
async def compare_policy_versions(
    document_id: UUID,
    session: Session,
    actor: CurrentActor,
    before: Annotated[int, Query(ge=1, le=_NUMBER_MAX)],
    after: Annotated[int, Query(ge=1, le=_NUMBER_MAX)],
) -> PolicyComparisonOut:
    """Put two versions of a document side by side, paragraph by paragraph."""
    return queries.compare(
        await queries.get_version(session, actor, document_id, before),
        await queries.get_version(session, actor, document_id, after),
    )


@router.post("/policy-documents/{document_id}:repeal", dependencies=[_WRITE])
async def repeal_policy_document(
    document_id: UUID, body: PolicyRepealIn, session: Session, actor: CurrentActor, today: Today
) -> PolicyDocumentOut:
    """Let a document hold no more from a day on, with the reason."""
    await commands.repeal_document(session, actor, document_id=document_id, wish=body)
    return await queries.tell_document(session, actor, document_id, on=today)


@router.get("/policy-drafts", dependencies=[_READ])
async def list_policy_drafts(
    request: Request, response: Response, session: Session, actor: CurrentActor, page: Page
) -> PageOut[PolicyDraftOut]:
    """List the versions that are being written; there are none for whoever neither writes nor audits."""
    items, token = await queries.list_drafts(session, actor, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[PolicyDraftOut](items=items, next_page_token=token)


@router.post("/policy-drafts", status_code=201, dependencies=[_WRITE])
async def draft_policy(
    body: PolicyDraftIn, response: Response, session: Session, actor: CurrentActor
) -> PolicyDraftOut:
    """Begin a new document, or the next version of one that is there."""
    draft = await commands.draft_version(session, actor, wish=body)
    response.headers["Location"] = f"/v1/policy-drafts/{draft.id}"
    return await _draft(session, actor, draft)


@router.get(
    "/policy-drafts/{draft_id}",
    response_model=PolicyDraftOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[_READ],
)
async def get_policy_draft(
    draft_id: UUID, session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Read a version that is being written; its ETag is what changing and publishing ask for."""
    draft = await queries.get_draft(session, actor, draft_id)
    return etags.answer(await _draft(session, actor, draft), if_none_match=if_none_match)


@router.put("/policy-drafts/{draft_id}", responses={**etags.GUARDED}, dependencies=[_WRITE])
async def change_policy_draft(
    draft_id: UUID, body: PolicyContentIn, session: Session, actor: CurrentActor, if_match: IfMatch = None
) -> PolicyDraftOut:
    """Write a draft anew in place of what was read."""
    draft = await commands.change_draft(session, actor, draft_id=draft_id, content=body, if_match=if_match)
    return await _draft(session, actor, draft)


@router.delete("/policy-drafts/{draft_id}", status_code=204, dependencies=[_WRITE])
async def discard_policy_draft(draft_id: UUID, session: Session, actor: CurrentActor) -> None:
    """Throw a draft away; what was published stays."""
    await commands.discard_draft(session, actor, draft_id=draft_id)


@router.post("/policy-drafts/{draft_id}:publish", responses={**etags.GUARDED}, dependencies=[_WRITE])
async def publish_policy_draft(
    draft_id: UUID, session: Session, actor: CurrentActor, today: Today, if_match: IfMatch = None
) -> PolicyDocumentOut:
    """Publish a draft as it was read, as the document's next version, for good."""
    version = await commands.publish_draft(session, actor, draft_id=draft_id, if_match=if_match)
    return await queries.tell_document(session, actor, version.policy_document_id, on=today)


async def _draft(session: Session, actor: Actor, draft: PolicyDraft) -> PolicyDraftOut:
    (told,) = await queries.describe_drafts(session, actor, [draft])
    return told
