"""What of assessments a student's passed courses could offset, judged as a request would be."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.texts import in_both
from x_pilot_api.credits import rules
from x_pilot_api.credits.schemas import OffsetCourseOut, OffsetOptionOut, OffsetPartOut

_OPTIONS = text(rules.OFFSET_OPTIONS)
_Row = Row[*tuple[Any, ...]]


async def list_offset_options(
    session: AsyncSession, *, institution_id: UUID, student_id: UUID, today: date
) -> list[OffsetOptionOut]:
    """List the rules by which a student's courses could offset assessments today, each with its courses."""
    values = {"institution_id": institution_id, "student_id": student_id, "today": today}
    rows = (await session.execute(_OPTIONS, values)).all()
    return [_option(list(of_rule)) for _, of_rule in groupby(rows, key=lambda row: row.mapping_id)]


def _option(rows: Sequence[_Row]) -> OffsetOptionOut:
    first = rows[0]
    return OffsetOptionOut(
        mapping_id=first.mapping_id,
        mapping_version=first.mapping_version,
        certificate_level_id=first.certificate_level_id,
        certificate_name=first.certificate_name,
        level=first.level,
        courses=[_course(list(of_course)) for _, of_course in groupby(rows, key=lambda row: row.course_id)],
    )


def _course(rows: Sequence[_Row]) -> OffsetCourseOut:
    first = rows[0]
    return OffsetCourseOut(
        course_id=first.course_id,
        code=first.code,
        name=first.name,
        least_grade=first.least,
        grade=first.grade,
        parts=[OffsetPartOut.model_validate(row, from_attributes=True) for row in rows if row.component_code],
        refusal=first.refusal,
        says=in_both(rules.refused_in_both(first.refusal, first.figures)) if first.refusal else None,
    )
