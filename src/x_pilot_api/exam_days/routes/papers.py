"""Tickets and lists on paper."""

from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Response

from x_pilot_api.core import accepted, files
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session, leaves_a_record
from x_pilot_api.core.service import CurrentService
from x_pilot_api.exam_days import commands, queries
from x_pilot_api.exam_days.schemas import PapersOut, TicketOut
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["exam days"])


@router.post(
    "/exam-sittings/{sitting_id}/papers",
    status_code=202,
    responses=accepted.ACCEPTED,
    dependencies=[require(Permission.SITTING_PAPERS_PRINT)],
)
async def print_papers(
    sitting_id: UUID, response: Response, session: Session, actor: CurrentActor, service: CurrentService
) -> PapersOut:
    """Have the tickets, door lists, seat lists and sign-in lists of a sitting printed; a job makes them.

    Once it is done the tickets count as handed out. 409 `seating_unfit` when somebody has no seat they can use.
    """
    papers = await commands.print_papers(session, actor, sitting_id=sitting_id, sealer=service.sealer)
    described = queries.describe_papers(papers)
    accepted.point_to(response, described.job_id)
    return described


@router.get("/sitting-papers/{papers_id}", dependencies=[require(Permission.SITTING_PAPERS_PRINT)])
async def get_papers(papers_id: UUID, session: Session, actor: CurrentActor) -> PapersOut:
    """Read what became of a bundle."""
    return queries.describe_papers(await queries.get_papers(session, actor, papers_id))


@router.get(
    "/sitting-papers/{papers_id}/file",
    dependencies=[require(Permission.SITTING_PAPERS_PRINT)],
    response_class=Response,
    response_model=PapersOut,
    responses=files.answering("zip"),
)
@leaves_a_record
async def get_papers_file(papers_id: UUID, session: Session, actor: CurrentActor, service: CurrentService) -> Response:
    """Download a bundle one has asked for oneself: a folder a room, and in it a PDF for each purpose.

    409 `papers_not_made` while the job runs, 410 `papers_forgotten` when the file is no longer kept.
    """
    content = await commands.fetch_papers(
        session, actor, papers_id=papers_id, sealer=service.sealer, days=service.settings.papers_kept_days
    )
    return files.answer(content, f"sitting-{papers_id}.zip")


@router.get(
    "/registrations/{registration_id}/ticket",
    dependencies=[require(Permission.TICKETS_READ)],
    response_class=Response,
    response_model=TicketOut,
    responses=files.answering("pdf"),
)
async def get_ticket(registration_id: UUID, session: Session, actor: CurrentActor, service: CurrentService) -> Response:
    """Download one admission ticket as PDF: a student their own, others those of the sittings they prepare.

    409 `ticket_not_ready` until tickets are handed out.
    """
    zone = ZoneInfo(service.settings.timezone)
    told = await queries.tell_ticket(session, actor, registration_id, sealer=service.sealer, zone=zone)
    content = await queries.PRESS.set_aside(queries.TICKETS, told)
    return files.answer(content, f"ticket-{registration_id}.pdf")
