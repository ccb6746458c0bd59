"""What a forecast is made of: who has their guaranteed attempt before them, and which seats they may still take."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.settlements.rules.forecasting import Way
from x_pilot_api.settlements.rules.matching import Group

# A student in training in the pilot, by the programme's mark or since an attempt was granted, whose attempt is neither
# used nor forfeited; where none was granted yet they are not forgotten. Who is registered in time is provided for.
NEED = """
    SELECT student.id AS student_id, programme.college_id, student.programme_id, student.entry_year,
        graduation.graduates_on, reserved.exam_plan_id, reserved.certificate_level_id,
        CASE
            WHEN reserved.exam_on <= coalesce(graduation.graduates_on, 'infinity') THEN 'reserved'
            WHEN graduation.graduates_on IS NULL THEN 'unknown'
            ELSE 'open'
        END AS standing,
        row_number() OVER (
            PARTITION BY student.programme_id, student.entry_year,
                coalesce(reserved.exam_on <= coalesce(graduation.graduates_on, 'infinity'), false)
            ORDER BY student.student_number) AS turn
    FROM students AS student
    JOIN programmes AS programme ON programme.institution_id = student.institution_id
        AND programme.id = student.programme_id
    LEFT JOIN guarantees AS guarantee ON guarantee.institution_id = student.institution_id
        AND guarantee.student_id = student.id
    LEFT JOIN LATERAL (
        SELECT loaded.graduates_on FROM graduation_days AS loaded
        WHERE loaded.institution_id = student.institution_id AND loaded.programme_id = student.programme_id
            AND loaded.entry_year = student.entry_year
        ORDER BY loaded.revision DESC LIMIT 1) AS graduation ON true
    LEFT JOIN LATERAL (
        SELECT registration.exam_plan_id, registration.certificate_level_id,
            coalesce(CAST(sitting.starts_at AT TIME ZONE :timezone AS date), plan.exam_on) AS exam_on
        FROM registrations AS registration
        JOIN exam_plans AS plan ON plan.institution_id = registration.institution_id
            AND plan.id = registration.exam_plan_id AND plan.cancelled_at IS NULL
        LEFT JOIN exam_sittings AS sitting ON sitting.institution_id = registration.institution_id
            AND sitting.id = registration.sitting_id
        WHERE registration.institution_id = guarantee.institution_id AND registration.id = guarantee.registration_id
            AND guarantee.state = 'reserved') AS reserved ON true
    WHERE student.institution_id = :institution_id AND student.status = 'enrolled'
        AND (programme.is_pilot OR guarantee.id IS NOT NULL)
        AND guarantee.state IS DISTINCT FROM 'used' AND guarantee.state IS DISTINCT FROM 'forfeited'
"""

_GROUPS = text(f"""
SELECT programme_id, entry_year, graduates_on, count(*) AS students
FROM ({NEED}) AS need WHERE standing = 'open' GROUP BY 1, 2, 3
""")

# A group's ways to a seat: by the rules of registering, but for what only a person tells. A plan without sittings takes
# whoever has a place of the quota; one with sittings takes them at sites that are open to the college on that day.
_WAYS = text(f"""
WITH grouped AS (
    SELECT DISTINCT programme_id, college_id, entry_year, graduates_on
    FROM ({NEED}) AS need WHERE standing = 'open'
), open_levels AS (
    SELECT plan.id AS exam_plan_id, examined.certificate_level_id, level.certificate_id, plan.exam_on,
        plan.registration_closes_on AS closes_on,
        CASE WHEN extract(month FROM plan.exam_on) >= 9 THEN extract(year FROM plan.exam_on)::int
            ELSE extract(year FROM plan.exam_on)::int - 1 END AS first_year
    FROM exam_plans AS plan
    JOIN exam_plan_levels AS examined ON examined.institution_id = plan.institution_id
        AND examined.exam_plan_id = plan.id
    JOIN certificate_levels AS level ON level.id = examined.certificate_level_id
    WHERE plan.institution_id = :institution_id AND plan.cancelled_at IS NULL AND plan.published_at IS NOT NULL
        AND plan.registration_closes_on >= :today
), seats AS (
    SELECT it.exam_plan_id, it.certificate_level_id, sitting.id AS sitting_id, sitting.seats - sitting.taken AS free,
        CAST(sitting.starts_at AT TIME ZONE :timezone AS date) AS exam_on, site.is_shared, site.college_id
    FROM open_levels AS it
    JOIN exam_sittings AS sitting ON sitting.institution_id = :institution_id
        AND sitting.exam_plan_id = it.exam_plan_id AND sitting.certificate_level_id = it.certificate_level_id
        AND sitting.cancelled_at IS NULL
    JOIN assessment_sites AS site ON site.institution_id = sitting.institution_id AND site.id = sitting.site_id
    WHERE EXISTS (
        SELECT FROM site_levels AS approved
        WHERE approved.institution_id = sitting.institution_id AND approved.site_id = sitting.site_id
            AND approved.certificate_level_id = sitting.certificate_level_id AND approved.state = 'approved'
            AND CAST(sitting.starts_at AT TIME ZONE :timezone AS date)
                BETWEEN approved.valid_from AND approved.valid_to)
)
SELECT grouped.programme_id, grouped.entry_year, it.exam_plan_id, it.certificate_level_id,
    coalesce(seats.sitting_id, it.exam_plan_id) AS place_id, seats.sitting_id IS NOT NULL AS has_sitting,
    seats.free, coalesce(seats.exam_on, it.exam_on) <= grouped.graduates_on AS in_time, it.closes_on,
    participation.id AS participation_id, participation.quota - participation.taken AS quota_left
FROM grouped
JOIN open_levels AS it ON true
JOIN admissions AS admission ON admission.institution_id = :institution_id
    AND admission.college_id = grouped.college_id AND admission.certificate_id = it.certificate_id
    AND admission.admitted_on <= :today AND (admission.exited_on IS NULL OR admission.exited_on > :today)
JOIN LATERAL (
    SELECT part.id, part.state, part.quota, part.taken FROM participations AS part
    WHERE part.institution_id = :institution_id AND part.certificate_level_id = it.certificate_level_id
        AND part.academic_year = it.first_year || '-' || (it.first_year + 1)
        AND (part.programme_id = grouped.programme_id
            OR (part.programme_id IS NULL AND part.college_id = grouped.college_id))
        AND part.state IN ('approved', 'ended')
    ORDER BY part.programme_id NULLS LAST LIMIT 1) AS participation ON participation.state = 'approved'
LEFT JOIN seats ON seats.exam_plan_id = it.exam_plan_id AND seats.certificate_level_id = it.certificate_level_id
    AND (seats.is_shared OR seats.college_id = grouped.college_id)
WHERE seats.sitting_id IS NOT NULL OR NOT EXISTS (
    SELECT FROM exam_sittings AS arranged
    WHERE arranged.institution_id = :institution_id AND arranged.exam_plan_id = it.exam_plan_id
        AND arranged.certificate_level_id = it.certificate_level_id AND arranged.cancelled_at IS NULL)
ORDER BY it.closes_on, it.exam_plan_id, it.certificate_level_id, place_id
""")


@dataclass(frozen=True)
class Prospect:
    """Whom a forecast looks at, as of a day at an institution."""

    institution_id: UUID
    today: date
    timezone: str

    @property
    def bound(self) -> dict[str, Any]:
        """Bind what the statements ask for."""
        return {"institution_id": self.institution_id, "today": self.today, "timezone": self.timezone}


async def list_groups(session: AsyncSession, prospect: Prospect) -> list[Group]:
    """Count those who have to find a seat, by programme and entry year."""
    bound = {key: value for key, value in prospect.bound.items() if key != "today"}
    found = await session.execute(_GROUPS, bound)
    return [Group((row.programme_id, row.entry_year), row.students, row.graduates_on) for row in found.all()]


async def list_ways(session: AsyncSession, prospect: Prospect) -> list[Way]:
    """List every way of a group to a seat, in time or not, those whose registration closes first at first."""
    found = await session.execute(_WAYS, prospect.bound)
    return [
        Way(
            group=(row.programme_id, row.entry_year),
            place=(row.place_id, row.certificate_level_id),
            exam_plan_id=row.exam_plan_id,
            certificate_level_id=row.certificate_level_id,
            free=row.free if row.has_sitting else None,
            participation_id=row.participation_id,
            quota_left=row.quota_left,
            in_time=row.in_time,
            closes_on=row.closes_on,
        )
        for row in found.all()
    ]
