"""Telling programme data beside what the platform knows, each question asked once however many programmes there are."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Uuid, bindparam, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.programme_data import rules
from x_pilot_api.programme_data.models import (
    ProgrammeReturn,
    ProgrammeReturnDecision,
    ProgrammeReturnVersion,
    ReturnState,
    RoundState,
)
from x_pilot_api.programme_data.schemas import (
    KnownOut,
    LevelWishOut,
    ProgrammeReturnOut,
    ReturnDecisionOut,
    ReturnHistoryOut,
    ReturnVersionOut,
)

# The newest year first; a programme's own participation hides its college's.
_KNOWN = (
    text("""
SELECT data.id, coalesce(counted.classes, 0) AS classes, coalesce(counted.students, 0) AS students,
    coalesce(staff.teachers, 0) AS teachers, coalesce(parts.found, '[]') AS participations
FROM programme_returns AS data
JOIN collection_rounds AS round ON round.institution_id = data.institution_id
    AND round.id = data.collection_round_id
LEFT JOIN (
    SELECT programme_id, count(DISTINCT (entry_year, class_name)) AS classes, count(*) AS students FROM students
    WHERE institution_id = :institution_id AND status = 'enrolled' GROUP BY programme_id
) AS counted ON counted.programme_id = data.programme_id
LEFT JOIN (
    SELECT college_id, count(*) AS teachers FROM teachers
    WHERE institution_id = :institution_id AND is_active GROUP BY college_id
) AS staff ON staff.college_id = data.college_id
LEFT JOIN LATERAL (
    SELECT json_agg(json_build_object('academic_year', best.academic_year,
        'certificate_level_id', best.certificate_level_id, 'quota', best.quota, 'taken', best.taken)
        ORDER BY best.academic_year DESC, best.certificate_level_id) AS found
    FROM (
        SELECT DISTINCT ON (part.academic_year, part.certificate_level_id)
            part.academic_year, part.certificate_level_id, part.quota, part.taken
        FROM participations AS part
        WHERE part.institution_id = :institution_id AND part.quota IS NOT NULL
            AND (part.programme_id = data.programme_id
                OR (part.programme_id IS NULL AND part.college_id = data.college_id))
            AND left(part.academic_year, 4)::int
                IN (left(round.academic_year, 4)::int, left(round.academic_year, 4)::int - 1)
        ORDER BY part.academic_year, part.certificate_level_id, part.programme_id NULLS LAST
    ) AS best
) AS parts ON true
WHERE data.institution_id = :institution_id AND data.id = ANY (:ids)
""")
    .bindparams(bindparam("ids", type_=ARRAY(Uuid)))
    .columns(participations=JSON)
)

_NAMED = (
    text("""
SELECT data.id, round.academic_year, round.due_on, round.state AS round_state, programme.code AS programme_code,
    programme.name AS programme_name, college.name AS college_name,
    ARRAY(
        SELECT json_build_object('certificate_level_id', wish.certificate_level_id,
            'certificate_name', certificate.name, 'level', level.level, 'quota_asked', wish.quota_asked)
        FROM programme_return_levels AS wish
        JOIN certificate_levels AS level ON level.id = wish.certificate_level_id
        JOIN certificates AS certificate ON certificate.id = level.certificate_id
        WHERE wish.institution_id = data.institution_id AND wish.programme_return_id = data.id
        ORDER BY certificate.name, level.level) AS levels
FROM programme_returns AS data
JOIN collection_rounds AS round ON round.institution_id = data.institution_id AND round.id = data.collection_round_id
JOIN programmes AS programme ON programme.institution_id = data.institution_id AND programme.id = data.programme_id
JOIN colleges AS college ON college.institution_id = data.institution_id AND college.id = data.college_id
WHERE data.institution_id = :institution_id AND data.id = ANY (:ids)
""")
    .bindparams(bindparam("ids", type_=ARRAY(Uuid)))
    .columns(levels=ARRAY(JSON))
)


async def find_known(session: AsyncSession, rows: Sequence[ProgrammeReturn]) -> Mapping[UUID, KnownOut]:
    """Find what the platform knows of some programmes of one institution by itself."""
    if not rows:
        return {}
    values = {"institution_id": rows[0].institution_id, "ids": [row.id for row in rows]}
    found = (await session.execute(_KNOWN, values)).all()
    return {row.id: KnownOut.model_validate(row, from_attributes=True) for row in found}


async def describe_returns(
    session: AsyncSession, actor: Actor, rows: Sequence[ProgrammeReturn]
) -> list[ProgrammeReturnOut]:
    """Tell programme data of one institution in two statements however many they are."""
    if not rows:
        return []
    values = {"institution_id": rows[0].institution_id, "ids": [row.id for row in rows]}
    named = {row.id: row for row in (await session.execute(_NAMED, values)).all()}
    known = await find_known(session, rows)
    return [_told(actor, row, named[row.id], known[row.id]) for row in rows]


def _told(actor: Actor, row: ProgrammeReturn, named: Any, known: KnownOut) -> ProgrammeReturnOut:  # noqa: ANN401 - a row
    typed = {name: getattr(row, name) for name in rules.FIGURES}
    return ProgrammeReturnOut(
        id=row.id,
        collection_round_id=row.collection_round_id,
        academic_year=named.academic_year,
        due_on=named.due_on,
        programme_id=row.programme_id,
        programme_code=named.programme_code,
        programme_name=named.programme_name,
        college_id=row.college_id,
        college_name=named.college_name,
        state=ReturnState(row.state),
        **typed,
        remark=row.remark,
        levels=[LevelWishOut.model_validate(level) for level in named.levels],
        known=known,
        differs=rules.differing(typed, {name: getattr(known, name) for name in rules.FIGURES}),
        version=row.version,
        is_late=row.is_late,
        comment=row.comment,
        allowed_deeds=rules.allowed_deeds(actor, row, is_open=named.round_state == RoundState.OPEN),
    )


def figures_of(told: ProgrammeReturnOut) -> dict[str, Any]:
    """Write down what a programme's data say, for good."""
    return told.model_dump(mode="json", include={*rules.FIGURES, "remark", "levels", "differs"})


async def list_history(session: AsyncSession, data: ProgrammeReturn) -> ReturnHistoryOut:
    """List everything that was submitted and answered, in order."""
    versions = await session.scalars(
        select(ProgrammeReturnVersion)
        .where(
            ProgrammeReturnVersion.institution_id == data.institution_id,
            ProgrammeReturnVersion.programme_return_id == data.id,
        )
        .order_by(ProgrammeReturnVersion.number)
    )
    decisions = await session.scalars(
        select(ProgrammeReturnDecision)
        .where(
            ProgrammeReturnDecision.institution_id == data.institution_id,
            ProgrammeReturnDecision.programme_return_id == data.id,
        )
        .order_by(ProgrammeReturnDecision.id)
    )
    return ReturnHistoryOut(
        versions=[ReturnVersionOut.model_validate(row, from_attributes=True) for row in versions.all()],
        decisions=[ReturnDecisionOut.model_validate(row, from_attributes=True) for row in decisions.all()],
    )
