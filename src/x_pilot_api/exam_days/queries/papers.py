"""What stands on tickets and lists, read from the tables and written as the templates take it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, false, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api import exam_days
from x_pilot_api.core import clock, lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.codes import CodeKey
from x_pilot_api.core.db import JsonObject
from x_pilot_api.core.documents import Press, qr_code
from x_pilot_api.core.languages import Both
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.exam_days.errors import TicketNotReady
from x_pilot_api.exam_days.models import SittingPapers
from x_pilot_api.exam_days.queries import seating, sittings
from x_pilot_api.exam_days.rules import tickets
from x_pilot_api.exam_days.rules.tickets import Ticket
from x_pilot_api.exam_days.schemas import PapersOut
from x_pilot_api.exams.models import ExamSitting
from x_pilot_api.identity.models import Role
from x_pilot_api.registry.rules.documents import mask_name

PRESS = Press(Path(exam_days.__file__).parent / "paper")
"""Sets the templates of this area."""

TICKETS, LISTS = "tickets.typ", "lists.typ"
_WEEKDAYS = "一二三四五六日"
_OFFICE = frozenset({Role.REGISTRAR, Role.AUDITOR})

_ABOUT = text("""
SELECT institution.name AS institution, plan.name AS plan, certificate.name AS certificate, level.level,
    site.name AS site, site.address, sitting.starts_at, sitting.ends_at
FROM exam_sittings AS sitting
JOIN institutions AS institution ON institution.id = sitting.institution_id
JOIN exam_plans AS plan ON plan.institution_id = sitting.institution_id AND plan.id = sitting.exam_plan_id
JOIN certificate_levels AS level ON level.id = sitting.certificate_level_id
JOIN certificates AS certificate ON certificate.id = level.certificate_id
JOIN assessment_sites AS site ON site.institution_id = sitting.institution_id AND site.id = sitting.site_id
WHERE sitting.institution_id = :institution_id AND sitting.id = :sitting_id
""")

_HOLDER = text(f"{seating.PEOPLE} AND seat.registration_id = :registration_id")

People = Sequence[Row[*tuple[Any, ...]]]


def papers_visible_to(actor: Actor) -> Select[SittingPapers]:
    """Select the bundles an actor sees: the office its institution's, anybody else those they asked for."""
    if actor.institution_id is None:
        return select(SittingPapers).where(false())
    found = select(SittingPapers).where(SittingPapers.institution_id == actor.institution_id)
    return found if actor.roles & _OFFICE else found.where(SittingPapers.asked_by == actor.id)


async def get_papers(session: AsyncSession, actor: Actor, papers_id: UUID) -> SittingPapers:
    """Read one visible bundle."""
    return await lookups.get_one(
        session, papers_visible_to(actor).where(SittingPapers.id == papers_id), what="papers", zh="打印包"
    )


def describe_papers(papers: SittingPapers) -> PapersOut:
    """Tell a bundle without its file."""
    assert papers.job_id is not None  # noqa: S101 - written by the deed that asks for it
    return PapersOut(
        id=papers.id,
        sitting_id=papers.sitting_id,
        job_id=papers.job_id,
        asked_at=papers.asked_at,
        made_at=papers.made_at,
        revision=papers.revision,
        tickets=papers.tickets,
        rooms=papers.rooms,
        size_bytes=papers.size_bytes,
        is_kept=papers.sealed_file is not None,
    )


async def about_sitting(session: AsyncSession, sitting: ExamSitting, *, zone: ZoneInfo) -> JsonObject:
    """Tell what every sheet of a sitting says."""
    row = (await session.execute(_ABOUT, seating.of_sitting(sitting))).one()
    begins, ends = row.starts_at.astimezone(zone), row.ends_at.astimezone(zone)
    return {
        "institution": row.institution,
        "plan": row.plan,
        "certificate": row.certificate,
        "level": _both(tickets.LEVELS[row.level]),
        "site": row.site,
        "address": row.address,
        "date": f"{begins.year} 年 {begins.month} 月 {begins.day} 日　星期{_WEEKDAYS[begins.weekday()]}",
        "begins": f"{begins:%H:%M}",
        "ends": f"{ends:%H:%M}",
    }


async def tell_ticket(
    session: AsyncSession, actor: Actor, registration_id: UUID, *, sealer: Sealer, zone: ZoneInfo
) -> JsonObject:
    """Tell one ticket as its template takes it, to its holder or whoever prepares the day, once it is handed out."""
    registration = await sittings.get_registration(session, actor, registration_id)
    if registration.sitting_id is None:
        raise TicketNotReady
    sitting = await session.get_one(ExamSitting, (registration.institution_id, registration.sitting_id))
    arrangement = await seating.find_arrangement(session, sitting)
    if arrangement is None or arrangement.printed_at is None or sitting.cancelled_at is not None:
        raise TicketNotReady
    bound = seating.of_sitting(sitting) | {"registration_id": registration_id}
    holder = (await session.execute(_HOLDER, bound)).one_or_none()
    if holder is None:
        raise TicketNotReady
    return tickets_of(sitting, await about_sitting(session, sitting, zone=zone), [holder], sealer=sealer, zone=zone)


def key_of(sitting: ExamSitting, sealer: Sealer) -> CodeKey:
    """Give the key that signs a sitting's tickets."""
    return CodeKey(sealer, tickets.USE, tickets.subject_of(sitting.institution_id, sitting.id))


def tickets_of(
    sitting: ExamSitting, about: JsonObject, people: Iterable[Any], *, sealer: Sealer, zone: ZoneInfo
) -> JsonObject:
    """Write the tickets of some people as the template takes them."""
    key, expires_at = key_of(sitting, sealer), sitting.ends_at + tickets.GOOD_AFTER
    return {
        "title": _both(tickets.TITLE),
        "rules": [_both(rule) for rule in tickets.RULES],
        "issued": _issued(zone),
        "tickets": [
            about
            | {
                "name": person.name,
                "document": person.masked_number,
                "admission_number": person.admission_number,
                "room": f"{person.room_name}（{person.room_code}）",
                "seat": str(person.number),
                "edition": person.edition,
                "code": qr_code(
                    tickets.PREFIX
                    + key.write(Ticket(sitting.id, person.registration_id, person.edition, expires_at).packed())
                ),
            }
            for person in people
        ],
    }


def list_of(kind: str, about: JsonObject, people: People, *, seats: int, zone: ZoneInfo) -> JsonObject:
    """Write one list of a room as the template takes it; the one for the door names nobody in full."""
    first = people[0]
    return {
        "kind": kind,
        "issued": _issued(zone),
        "room": about
        | {
            "room": f"{first.room_name}（{first.room_code}）",
            "seats": seats,
            "people": [
                {
                    "seat": str(person.number),
                    "admission_number": person.admission_number,
                    "masked_name": mask_name(person.name),
                }
                | ({} if kind == "door" else _in_full(person))
                for person in people
            ],
        },
    }


def _in_full(person: Any) -> dict[str, str]:  # noqa: ANN401 - a row
    return {
        "name": person.name,
        "document": person.masked_number,
        "group": f"{person.college_name}　{person.class_name or '社会考生'}",
    }


def _issued(zone: ZoneInfo) -> str:
    now: datetime = clock.now().astimezone(zone)
    return f"{now:%Y-%m-%d %H:%M}"


def _both(said: Both) -> dict[str, str]:
    return {"zh": said.zh, "en": said.en}
