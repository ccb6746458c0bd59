"""Reading candidates."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.row_security import act_for
from x_pilot_api.exams.models import ExamPlan
from x_pilot_api.exams.schemas import (
    CandidateOut,
)

_CANDIDATES = text("""
SELECT registration.admission_number, candidate.name, document.masked_number, registration.certificate_level_id,
    level.level, registration.state
FROM registrations AS registration
JOIN candidates AS candidate ON candidate.institution_id = registration.institution_id
    AND candidate.id = registration.candidate_id
JOIN identity_documents AS document ON document.institution_id = candidate.institution_id
    AND document.id = candidate.identity_document_id
JOIN certificate_levels AS level ON level.id = registration.certificate_level_id
WHERE registration.institution_id = :institution_id AND registration.exam_plan_id = :exam_plan_id
    AND registration.admission_number > :after
ORDER BY registration.admission_number LIMIT :size
""")


async def list_candidates(
    session: AsyncSession, actor: Actor, plan: ExamPlan, *, after: str, size: int
) -> list[CandidateOut]:
    """List a plan's candidates by admission number."""
    await act_for(session, actor, institution_id=plan.institution_id)
    rows = await session.execute(
        _CANDIDATES,
        {"institution_id": plan.institution_id, "exam_plan_id": plan.id, "after": after, "size": size},
    )
    return [
        CandidateOut(
            admission_number=row.admission_number,
            name=row.name,
            masked_document_number=row.masked_number,
            certificate_level_id=row.certificate_level_id,
            level=row.level,
            state=row.state,
        )
        for row in rows.all()
    ]
