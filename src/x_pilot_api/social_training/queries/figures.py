"""What social service came to in a year, college by college, each share with its numerator and denominator."""

from uuid import UUID

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.quantities import format_hundredths
from x_pilot_api.social_training import rules
from x_pilot_api.social_training.queries import reach
from x_pilot_api.social_training.queries.classes import CERTIFIED
from x_pilot_api.social_training.schemas import SocialFigureOut, SocialFiguresOut

_FIGURES = text(f"""
SELECT college.id AS college_id, college.name AS college_name, count(DISTINCT class.id) AS classes,
    count(*) FILTER (WHERE participant.social_group = 'enterprise_employee') AS enterprise_employees,
    count(*) FILTER (WHERE participant.social_group = 'key_employment') AS key_employment,
    count(*) FILTER (WHERE participant.social_group = 'low_income') AS low_income,
    count(participant.id) AS participants, coalesce(sum(participant.attended_tenths), 0)::bigint AS attended_tenths,
    count(participant.id) FILTER (WHERE {CERTIFIED}) AS certified
FROM social_classes AS class
JOIN colleges AS college ON college.institution_id = class.institution_id AND college.id = class.college_id
LEFT JOIN social_participants AS participant ON participant.institution_id = class.institution_id
    AND participant.social_class_id = class.id AND participant.state = 'enrolled'
WHERE class.institution_id = :institution_id AND class.state NOT IN ('draft', 'cancelled')
    AND class.starts_on BETWEEN :first_on AND :last_on
    AND (CAST(:college_id AS uuid) IS NULL OR class.college_id = CAST(:college_id AS uuid))
    AND (CAST(:sees_all AS boolean) OR class.college_id = ANY (CAST(:college_ids AS uuid[])))
GROUP BY college.id, college.name, college.code ORDER BY college.code
""").bindparams(bindparam("college_id", type_=Uuid))


async def count_figures(
    session: AsyncSession, actor: Actor, *, academic_year: str, college_id: UUID | None
) -> SocialFiguresOut:
    """Count the classes that begin in an academic year, with those who take part and who of them is certified."""
    first, last = rules.days_of(academic_year)
    values = {
        "institution_id": actor.institution_id,
        "first_on": first,
        "last_on": last,
        "college_id": college_id,
        "sees_all": bool(actor.roles & reach.SEE_ALL),
        "college_ids": list(reach.own_colleges(actor)),
    }
    rows = (await session.execute(_FIGURES, values)).mappings().all()
    return SocialFiguresOut(
        academic_year=academic_year,
        colleges=[
            SocialFigureOut(**row, certified_percent=_percent(row["certified"], row["participants"])) for row in rows
        ],
    )


def _percent(part: int, whole: int) -> str | None:
    return format_hundredths((2 * 10_000 * part + whole) // (2 * whole)) if whole else None
