"""Counting who may teach and examine what a college has admitted, and finding who of some may examine on a day."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Date, Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import Level
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import Malformed
from x_pilot_api.core.pagination import PageWish, token_after
from x_pilot_api.identity.models import Role
from x_pilot_api.qualifications.models import QualificationKind
from x_pilot_api.qualifications.schemas import QualificationCoverageOut

_SEE_ALL = frozenset({Role.REGISTRAR, Role.AUDITOR})

# A higher level of a certificate includes the lower ones; levels are one digit, so that texts compare as levels do.
_HOLDS = """
held.valid_from <= {day} AND coalesce(held.valid_until, {day}) >= {day} AND coalesce(held.revoked_on > {day}, true)
"""
_COUNTED = """
SELECT admission.institution_id, admission.college_id, college.code AS college_code, college.name AS college_name,
    level.id AS level_id, level.level, certificate.name AS certificate_name, counted.*
FROM admissions AS admission
JOIN colleges AS college ON college.institution_id = admission.institution_id AND college.id = admission.college_id
JOIN certificates AS certificate ON certificate.id = admission.certificate_id
JOIN certificate_levels AS level ON level.certificate_id = certificate.id
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE one.teach) AS teach, count(*) FILTER (WHERE one.examine) AS examine,
        count(*) FILTER (WHERE one.teach AND NOT one.teach_later) AS teach_expiring,
        count(*) FILTER (WHERE one.examine AND NOT one.examine_later) AS examine_expiring
    FROM (
        SELECT coalesce(bool_or(now_.teach), false) AS teach, coalesce(bool_or(now_.examine), false) AS examine,
            coalesce(bool_or(now_.teach_later), false) AS teach_later,
            coalesce(bool_or(now_.examine_later), false) AS examine_later
        FROM (
            SELECT held.teacher_id, held.kind = 'teach' AND {now} AS teach, held.kind = 'examine' AND {now} AS examine,
                held.kind = 'teach' AND {later} AS teach_later, held.kind = 'examine' AND {later} AS examine_later
            FROM teacher_qualifications AS held
            JOIN teachers AS teacher ON teacher.institution_id = held.institution_id AND teacher.id = held.teacher_id
            JOIN certificate_levels AS higher ON higher.id = held.certificate_level_id
            WHERE held.institution_id = admission.institution_id AND teacher.college_id = admission.college_id
                AND teacher.is_active AND higher.certificate_id = level.certificate_id AND higher.level >= level.level
        ) AS now_ GROUP BY now_.teacher_id
    ) AS one
) AS counted
WHERE admission.institution_id = :institution_id AND admission.status = 'admitted'
    AND (CAST(:college_ids AS uuid[]) IS NULL OR admission.college_id = ANY (CAST(:college_ids AS uuid[])))
    AND (CAST(:certificate_id AS uuid) IS NULL OR certificate.id = CAST(:certificate_id AS uuid))
    AND (NOT CAST(:only_gaps AS boolean) OR counted.teach = 0 OR counted.examine = 0)
    AND (CAST(:after AS text[]) IS NULL
        OR ARRAY[college.code, certificate.name, level.level, level.id::text] > CAST(:after AS text[]))
ORDER BY ARRAY[college.code, certificate.name, level.level, level.id::text]
LIMIT :size
"""
_COVERAGE = text(
    _COUNTED.format(now=_HOLDS.format(day="CAST(:today AS date)"), later=_HOLDS.format(day="CAST(:later AS date)"))
)

_QUALIFIED = text(f"""
SELECT DISTINCT asked.teacher_id, asked.level_id, asked.day
FROM unnest(:teacher_ids, :level_ids, :days) AS asked (teacher_id, level_id, day)
JOIN certificate_levels AS level ON level.id = asked.level_id
JOIN certificate_levels AS higher ON higher.certificate_id = level.certificate_id AND higher.level >= level.level
JOIN teacher_qualifications AS held ON held.institution_id = :institution_id AND held.teacher_id = asked.teacher_id
    AND held.certificate_level_id = higher.id AND held.kind = :kind AND {_HOLDS.format(day="asked.day")}
""").bindparams(
    bindparam("teacher_ids", type_=ARRAY(Uuid)),
    bindparam("level_ids", type_=ARRAY(Uuid)),
    bindparam("days", type_=ARRAY(Date)),
)

Asked = tuple[UUID, UUID, date]
"""A teacher, a certificate level and a day."""


async def find_qualified(
    session: AsyncSession, *, institution_id: UUID, kind: QualificationKind, asked: Collection[Asked]
) -> set[Asked]:
    """Find which teachers may do a thing for a level on a day, all of them in one statement."""
    if not asked:
        return set()
    teachers, levels, days = zip(*sorted(asked), strict=True)
    values = {
        "institution_id": institution_id,
        "kind": kind,
        "teacher_ids": list(teachers),
        "level_ids": list(levels),
        "days": list(days),
    }
    rows = (await session.execute(_QUALIFIED, values)).all()
    return {(row.teacher_id, row.level_id, row.day) for row in rows}


async def list_coverage(
    session: AsyncSession,
    actor: Actor,
    *,
    today: date,
    days: int,
    college_id: UUID | None,
    certificate_id: UUID | None,
    only_gaps: bool,
    wish: PageWish,
) -> tuple[list[QualificationCoverageOut], str | None]:
    """List what the colleges an actor acts for have admitted, with who may teach and examine it today."""
    values = {
        "institution_id": actor.institution_id,
        "college_ids": _colleges(actor, college_id),
        "certificate_id": certificate_id,
        "only_gaps": only_gaps,
        "today": today,
        "later": today + timedelta(days=days),
        "after": _after(wish),
        "size": wish.size + 1,
    }
    rows = (await session.execute(_COVERAGE, values)).all()
    told = [
        QualificationCoverageOut(
            college_id=row.college_id,
            college_name=row.college_name,
            certificate_level_id=row.level_id,
            certificate_name=row.certificate_name,
            level=Level(row.level),
            teach=row.teach,
            examine=row.examine,
            teach_expiring=row.teach_expiring,
            examine_expiring=row.examine_expiring,
            gaps=[kind for kind in QualificationKind if getattr(row, kind) == 0],
        )
        for row in rows[: wish.size]
    ]
    if len(rows) <= wish.size:
        return told, None
    last = rows[wish.size - 1]
    return told, token_after(last.college_code, last.certificate_name, last.level, str(last.level_id))


def _colleges(actor: Actor, college_id: UUID | None) -> list[UUID] | None:
    """Name the colleges that are asked for and may be seen; None is all of the institution's."""
    if actor.roles & _SEE_ALL:
        return None if college_id is None else [college_id]
    return sorted(actor.college_ids & {college_id} if college_id else actor.college_ids)


def _after(wish: PageWish) -> list[str] | None:
    if wish.after is None:
        return None
    if len(wish.after) != 4:  # noqa: PLR2004 - college, certificate, level and its id
        raise Malformed(what="page_token")
    return list(wish.after)
