"""Reading whether the examiners of sittings may examine their levels on their days."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import db
from x_pilot_api.core.actors import Actor
from x_pilot_api.exams import rules
from x_pilot_api.exams.models import ExamSitting
from x_pilot_api.exams.queries import sittings as arranged
from x_pilot_api.exams.schemas import ExaminerCoverageOut, ExaminerStandingOut
from x_pilot_api.qualifications import queries as qualifications
from x_pilot_api.qualifications.models import QualificationKind


async def describe_coverage(
    session: AsyncSession, actor: Actor, sittings: Sequence[ExamSitting]
) -> list[ExaminerCoverageOut]:
    """Tell of sittings of one institution who of their examiners may examine them, in one more statement for all."""
    if not sittings:
        return []
    zone = ZoneInfo(db.timezone_of(session))
    told = await arranged.describe_sittings(session, actor, sittings)
    days = {each.id: each.starts_at.astimezone(zone).date() for each in told}
    asked = {
        (examiner.teacher_id, each.certificate_level_id, days[each.id])
        for each in told
        for examiner in each.examiners
        if examiner.teacher_id is not None
    }
    qualified = await qualifications.find_qualified(
        session, institution_id=sittings[0].institution_id, kind=QualificationKind.EXAMINE, asked=asked
    )
    found: list[ExaminerCoverageOut] = []
    for each in told:
        examiners = [
            ExaminerStandingOut(
                **examiner.model_dump(),
                is_qualified=None
                if examiner.teacher_id is None
                else (examiner.teacher_id, each.certificate_level_id, days[each.id]) in qualified,
            )
            for examiner in each.examiners
        ]
        found.append(
            ExaminerCoverageOut(
                sitting_id=each.id,
                code=each.code,
                state=each.state,
                held_on=days[each.id],
                certificate_level_id=each.certificate_level_id,
                certificate_name=each.certificate_name,
                level=each.level,
                qualified=sum(examiner.is_qualified is True for examiner in examiners),
                examiners=examiners,
                warnings=rules.coverage_warnings([(it.duty, it.is_qualified) for it in examiners], state=each.state),
            )
        )
    return found
