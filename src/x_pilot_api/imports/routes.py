"""Importing tables: templates, files, previews, and what is done with them."""

from typing import Annotated
from uuid import UUID

from fastapi import Body, Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import accepted, files, pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session, leaves_a_record
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import CurrentService
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.imports import commands, queries
from x_pilot_api.imports.commands import Sent
from x_pilot_api.imports.models import ImportMode, ImportOutcome, ImportState, TableImport
from x_pilot_api.imports.queries import Import
from x_pilot_api.imports.schemas import (
    ConfirmImportIn,
    ImportAskedOut,
    ImportKindOut,
    ImportKindsOut,
    ImportOut,
    ImportRowOut,
)

router = AreaRouter(tags=["imports"])

_ERRORS_SHOWN = 20


@router.get("/import-kinds", dependencies=[require(Permission.IMPORTS_READ)])
async def list_import_kinds() -> ImportKindsOut:
    """List what can be imported, each kind with its columns."""
    return ImportKindsOut(items=[queries.describe_kind(kind) for kind in queries.KINDS.values()])


@router.get(
    "/import-kinds/{kind}/template",
    dependencies=[require(Permission.IMPORTS_READ)],
    response_class=Response,
    response_model=ImportKindOut,
    responses=files.answering("xlsx"),
)
async def get_import_template(kind: str) -> Response:
    """Download an empty table of a kind, with its headers, its lists to choose from, and a sheet that explains."""
    found = queries.kind_of(kind)
    return files.template(found.title.zh, found.columns, f"{found.name}-template.xlsx")


@router.get("/imports", dependencies=[require(Permission.IMPORTS_READ)])
async def list_imports(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    kind: Annotated[str | None, Query(max_length=100)] = None,
) -> PageOut[ImportOut]:
    """List imports, oldest first: an office its institution's, anybody else their own; errors only one by one."""
    rows, token = await queries.list_imports(session, actor, kind=kind, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[ImportOut](items=[queries.describe(actor, row, []) for row in rows], next_page_token=token)


@router.post(
    "/imports",
    status_code=202,
    responses=accepted.ACCEPTED,
    dependencies=[require(Permission.IMPORTS_UPLOAD)],
    openapi_extra=files.taking(*files.ANY_TABLES),
)
async def send_import(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
    kind: Annotated[str, Query(max_length=100, examples=["students"])],
    mode: Annotated[
        ImportMode, Query(description="`full`: what the file lacks is closed; `delta`: it stays")
    ] = ImportMode.DELTA,
) -> ImportAskedOut:
    """Send a file, .xlsx or .csv, as the body; a job previews it, and nothing is written before that is confirmed."""
    sent = Sent(kind=kind, mode=mode, body=await request.body())
    made = await commands.send_import(session, actor, sent=sent, sealer=service.sealer)
    return _asked(response, made, made.job_id)


@router.get("/imports/{import_id}", dependencies=[require(Permission.IMPORTS_READ)])
async def get_import(import_id: UUID, session: Session, actor: CurrentActor) -> ImportOut:
    """Read one import: its preview in numbers, its first errors, and the digest to confirm it with."""
    return await _told(session, actor, import_id)


async def _told(session: AsyncSession, actor: Actor, import_id: UUID) -> ImportOut:
    made = await queries.get_import(session, actor, Import(import_id))
    blocked = await queries.first_blocked(session, made, size=_ERRORS_SHOWN)
    return queries.describe(actor, made, blocked)


@router.get("/imports/{import_id}/rows", dependencies=[require(Permission.IMPORTS_READ)])
async def list_import_rows(
    import_id: UUID,
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    outcome: Annotated[ImportOutcome | None, Query(description="Only rows of this outcome")] = None,
) -> PageOut[ImportRowOut]:
    """List what becomes of the file's rows, in its order; rows that change nothing are only counted."""
    made = await queries.get_import(session, actor, Import(import_id))
    rows, token = await queries.list_rows(session, made, outcome=outcome, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[ImportRowOut](items=[queries.describe_row(row) for row in rows], next_page_token=token)


@router.get(
    "/imports/{import_id}/error-file",
    dependencies=[require(Permission.IMPORTS_UPLOAD)],
    response_class=Response,
    response_model=ImportRowOut,
    responses=files.answering("xlsx"),
)
@leaves_a_record
async def get_import_error_file(
    import_id: UUID, session: Session, actor: CurrentActor, service: CurrentService
) -> Response:
    """Download the blocked rows of one's own file as they were sent, with a column that says what is wrong."""
    content = await commands.fetch_error_file(session, actor, sought=Import(import_id), sealer=service.sealer)
    return files.answer(content, f"errors-{import_id}.xlsx")


@router.post(
    "/imports/{import_id}:confirm",
    status_code=202,
    responses=accepted.ACCEPTED,
    dependencies=[require(Permission.IMPORTS_CONFIRM)],
)
async def confirm_import(
    import_id: UUID,
    body: Annotated[ConfirmImportIn, Body()],
    response: Response,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
) -> ImportAskedOut:
    """Have a previewed import applied, by the digest of the preview.

    409 `preview_outdated` when it is another preview or the register has changed since, `change_threshold_exceeded` or
    `full_file_blocked` for a full file, `nothing_to_import` when no row would do anything.
    """
    made = await commands.confirm_import(
        session, actor, sought=Import(import_id), digest=body.digest, settings=service.settings
    )
    return _asked(response, made, made.job_id)


@router.post(
    "/imports/{import_id}:undo",
    status_code=202,
    responses=accepted.ACCEPTED,
    dependencies=[require(Permission.IMPORTS_UNDO)],
)
async def undo_import(
    import_id: UUID, response: Response, session: Session, actor: CurrentActor, service: CurrentService
) -> ImportAskedOut:
    """Have an applied import undone: every row as it was before.

    Course grades only grow: each gets one more revision. 409 `import_rows_changed_since` or `import_depended_on` when
    somebody has built on it.
    """
    job_id = await commands.ask_to_undo(session, actor, sought=Import(import_id), settings=service.settings)
    accepted.point_to(response, job_id)
    return ImportAskedOut(import_id=import_id, job_id=job_id, state=ImportState.APPLIED)


def _asked(response: Response, made: TableImport, job_id: UUID | None) -> ImportAskedOut:
    assert job_id is not None  # noqa: S101 - written by the same deed
    accepted.point_to(response, job_id)
    return ImportAskedOut(import_id=made.id, job_id=job_id, state=ImportState(made.state))
