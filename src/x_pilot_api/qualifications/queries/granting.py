"""Judging a list of teachers and levels, all of them in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.qualifications.models import SeedTeacher


@dataclass(frozen=True)
class JudgedGrant:
    """One teacher and one level, and why the one may not get the other; null when they may."""

    teacher_id: UUID
    certificate_level_id: UUID
    code: str | None


# Levels are one digit, so that texts compare as levels do.
_JUDGE = text("""
SELECT wish.teacher_id, wish_level.level_id,
    CASE
        WHEN teacher.id IS NULL THEN 'qualification_teacher_unknown'
        WHEN NOT teacher.is_active THEN 'qualification_teacher_inactive'
        WHEN level.id IS NULL THEN 'qualification_level_unknown'
        WHEN CAST(:seed_teacher_of AS uuid) IS NULL THEN NULL
        WHEN teacher.id = :seed_teacher_of THEN 'seed_teacher_for_themself'
        WHEN sorted.certificate_id IS NULL THEN 'seed_teacher_of_another_category'
        WHEN level.level > :tier THEN 'seed_teacher_tier_too_low'
    END AS code
FROM unnest(:teacher_ids) WITH ORDINALITY AS wish (teacher_id, place)
CROSS JOIN unnest(:level_ids) WITH ORDINALITY AS wish_level (level_id, place)
LEFT JOIN teachers AS teacher ON teacher.institution_id = :institution_id AND teacher.id = wish.teacher_id
LEFT JOIN certificate_levels AS level ON level.id = wish_level.level_id
LEFT JOIN categorised_certificates AS sorted ON sorted.institution_id = :institution_id
    AND sorted.certificate_id = level.certificate_id
    AND sorted.category_id = CAST(:certificate_category_id AS uuid)
ORDER BY wish.place, wish_level.place
""").bindparams(bindparam("teacher_ids", type_=ARRAY(Uuid)), bindparam("level_ids", type_=ARRAY(Uuid)))


async def judge_grants(
    session: AsyncSession,
    actor: Actor,
    *,
    teacher_ids: Sequence[UUID],
    level_ids: Sequence[UUID],
    seed: SeedTeacher | None,
) -> list[JudgedGrant]:
    """Judge every teacher with every level, in the order they were named."""
    values = {
        "institution_id": actor.institution_id,
        "teacher_ids": list(teacher_ids),
        "level_ids": list(level_ids),
        "seed_teacher_of": seed.teacher_id if seed else None,
        "certificate_category_id": seed.certificate_category_id if seed else None,
        "tier": seed.tier if seed else "",
    }
    rows = (await session.execute(_JUDGE, values)).all()
    return [JudgedGrant(row.teacher_id, row.level_id, row.code) for row in rows]
