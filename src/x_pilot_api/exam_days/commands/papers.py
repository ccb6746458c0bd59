"""Printing a sitting: asking for the bundle, making it room by room, fetching it, and forgetting it."""

import io
import itertools
import zipfile
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import attempts, audit, clock, jobs
from x_pilot_api.core.actors import SYSTEM, Actor
from x_pilot_api.core.db import JsonObject
from x_pilot_api.core.errors import Busy, NotFound
from x_pilot_api.core.jobs import Job
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.core.service import Service
from x_pilot_api.exam_days import queries
from x_pilot_api.exam_days.errors import NotSeated, PapersForgotten, PapersNotMade, SeatingUnfit, SittingCancelled
from x_pilot_api.exam_days.models import SeatArrangement, SittingPapers
from x_pilot_api.exam_days.queries import papers as reading
from x_pilot_api.exam_days.queries import seating
from x_pilot_api.exam_days.rules import seating as rules
from x_pilot_api.exams import commands as exams
from x_pilot_api.exams.models import ExamSitting, PlanTaskKind

CONTEXT = "sitting_papers"
"""What a sealed bundle belongs to."""
_LISTS = {"door": "门贴", "seats": "座位表", "sign_in": "签到表"}
_SLICE = 10


async def print_papers(session: AsyncSession, actor: Actor, *, sitting_id: UUID, sealer: Sealer) -> SittingPapers:
    """Ask for the tickets and lists of a whole sitting, whose seats have to fit the candidates there are."""
    sitting = await queries.get_sitting(session, actor, sitting_id)
    await _printable(session, sitting)
    values = {
        "institution_id": sitting.institution_id,
        "sitting_id": sitting.id,
        "asked_by": actor.id,
        "key_id": sealer.key_id,
    }
    papers = (await session.scalars(insert(SittingPapers).values(values).returning(SittingPapers))).one()
    papers.job_id = await jobs.enqueue(
        session,
        "print_sitting",
        arguments={"papers_id": str(papers.id)},
        institution_id=sitting.institution_id,
        requested_by=actor,
    )
    await session.flush()
    await audit.record(
        session,
        actor,
        "print_papers",
        institution_id=sitting.institution_id,
        object_kind="exam_sitting",
        object_id=sitting.id,
        detail={"papers_id": str(papers.id)},
    )
    return papers


async def _printable(session: AsyncSession, sitting: ExamSitting, *, lock: bool = False) -> SeatArrangement:
    """Find the arrangement that is to be printed, or say why it cannot be."""
    if sitting.cancelled_at is not None:
        raise SittingCancelled
    arrangement = await seating.find_arrangement(session, sitting, lock=lock)
    if arrangement is None:
        raise NotSeated
    figures = await seating.figures_of(session, sitting)
    if figures.unseated or figures.stale:
        raise SeatingUnfit(unseated=figures.unseated, stale=figures.stale)
    rules.SEATING.target_of("print", state=rules.state_of(arrangement))
    return arrangement


@dataclass(frozen=True)
class _Ground:
    """What is printed: a sitting at one moment."""

    sitting: ExamSitting
    revision: int
    about: JsonObject
    people: list[Row[*tuple[Any, ...]]]
    seats: dict[UUID, int]


async def make_papers(service: Service, job: Job) -> None:
    """Make the bundle that a job was asked for, and hand the tickets out by that."""
    async with service.database.transaction(read_only=True, institution_id=job.institution_id) as session:
        ground = await _read(session, job, zone=ZoneInfo(service.settings.timezone))
    rooms = [list(found) for _, found in itertools.groupby(ground.people, key=lambda person: person.room_id)]
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as bundle:
        for done, people in enumerate(rooms, start=1):
            await _print_room(service, bundle, ground, people)
            async with service.database.transaction() as session:
                await attempts.advance(session, job, done=done, total=len(rooms))
    async with service.database.transaction(institution_id=job.institution_id) as session:
        await _hand_out(session, service, job, ground, content=written.getvalue(), rooms=len(rooms))


async def _read(session: AsyncSession, job: Job, *, zone: ZoneInfo) -> _Ground:
    papers = await session.get_one(SittingPapers, (job.institution_id, UUID(job.arguments["papers_id"])))
    sitting = await session.get_one(ExamSitting, (job.institution_id, papers.sitting_id))
    arrangement = await _printable(session, sitting)
    rooms = (await seating.tell_seating(session, SYSTEM, sitting)).rooms
    return _Ground(
        sitting=sitting,
        revision=arrangement.revision,
        about=await reading.about_sitting(session, sitting, zone=zone),
        people=list(await seating.list_people(session, sitting)),
        seats={room.room_id: room.seats for room in rooms},
    )


async def _print_room(
    service: Service, bundle: zipfile.ZipFile, ground: _Ground, people: list[Row[*tuple[Any, ...]]]
) -> None:
    """Set a room's tickets, by seat, and its lists."""
    zone, room = ZoneInfo(service.settings.timezone), people[0]
    folder = "-".join(_plain(part) for part in (room.room_code, room.room_name))
    sheets = reading.tickets_of(ground.sitting, ground.about, people, sealer=service.sealer, zone=zone)
    bundle.writestr(f"{folder}/准考证.pdf", await reading.PRESS.set_aside(reading.TICKETS, sheets))
    for kind, name in _LISTS.items():
        listed = reading.list_of(kind, ground.about, people, seats=ground.seats[room.room_id], zone=zone)
        bundle.writestr(f"{folder}/{name}.pdf", await reading.PRESS.set_aside(reading.LISTS, listed))


def _plain(name: str) -> str:
    """Write a name as a part of a path in which nobody gets lost."""
    return "".join(char if char.isalnum() else "_" for char in name)


async def _hand_out(
    session: AsyncSession, service: Service, job: Job, ground: _Ground, *, content: bytes, rooms: int
) -> None:
    """Keep the bundle, and note that the tickets are out."""
    papers = await session.get_one(
        SittingPapers, (job.institution_id, UUID(job.arguments["papers_id"])), with_for_update=True
    )
    sitting = await queries.lock_sitting(session, papers.institution_id, papers.sitting_id)
    arrangement = await _printable(session, sitting, lock=True)
    if arrangement.revision != ground.revision:
        # Somebody was moved since the tickets were set: they are set again.
        raise Busy
    sealer = service.sealer
    papers.sealed_file, papers.key_id = sealer.seal(content, context=CONTEXT), sealer.key_id
    papers.made_at, papers.revision = clock.now(), ground.revision
    papers.tickets, papers.rooms, papers.size_bytes = len(ground.people), rooms, len(content)
    arrangement.printed_at = arrangement.printed_at or papers.made_at
    arrangement.printed_revision = ground.revision
    await session.flush()
    if await seating.is_whole_plan_ready(session, sitting, printed=True):
        whose = {"institution_id": sitting.institution_id, "plan_id": sitting.exam_plan_id}
        await exams.note_task_done(session, SYSTEM, kind=PlanTaskKind.ISSUE_TICKETS, **whose)
    counts = {"tickets": len(ground.people), "rooms": rooms}
    await audit.record(
        session,
        SYSTEM,
        "hand_out_tickets",
        institution_id=papers.institution_id,
        object_kind="exam_sitting",
        object_id=papers.sitting_id,
        detail=counts | {"papers_id": str(papers.id), "revision": ground.revision, "bytes": len(content)},
    )
    result = {"papers_id": str(papers.id), "url": f"/v1/sitting-papers/{papers.id}/file"}
    await attempts.finish(session, job, result=result, tickets=len(ground.people), rooms=rooms)


async def fetch_papers(session: AsyncSession, actor: Actor, *, papers_id: UUID, sealer: Sealer, days: int) -> bytes:
    """Give whoever asked for a bundle the file, and nobody else."""
    papers = await queries.get_papers(session, actor, papers_id)
    if papers.asked_by != actor.id:
        raise NotFound(what="papers", zh="打印包")
    if papers.made_at is None:
        raise PapersNotMade
    if papers.sealed_file is None:
        raise PapersForgotten(days=days)
    await audit.record(
        session,
        actor,
        "fetch_papers",
        institution_id=papers.institution_id,
        object_kind="exam_sitting",
        object_id=papers.sitting_id,
        detail={"papers_id": str(papers.id), "tickets": papers.tickets},
    )
    return sealer.open(papers.sealed_file, key_id=papers.key_id, context=CONTEXT)


async def forget_papers(session: AsyncSession, *, days: int) -> int:
    """Delete the files of a slice of old bundles; tell how many, 0 when none is left."""
    old = (
        select(SittingPapers)
        .where(SittingPapers.sealed_file.is_not(None), SittingPapers.asked_at < clock.now() - timedelta(days=days))
        .order_by(SittingPapers.institution_id, SittingPapers.id)
        .limit(_SLICE)
        .with_for_update(skip_locked=True)
    )
    found = (await session.scalars(old)).all()
    for papers in found:
        papers.sealed_file = None
    await session.flush()
    return len(found)
