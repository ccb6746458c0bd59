"""Explaining why a certificate brings the credits it brings."""

from uuid import UUID

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.service import Today
from x_pilot_api.credits import queries
from x_pilot_api.credits.schemas import ExplanationOut
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["credits"])


@router.get(
    "/students/{student_id}/certificates/{certificate_level_id}:explain",
    dependencies=[require(Permission.CREDIT_ACCOUNTS_READ)],
)
async def explain_certificate(
    student_id: UUID,
    certificate_level_id: UUID,
    session: Session,
    actor: CurrentActor,
    today: Today,
) -> ExplanationOut:
    """Explain what a certificate brings a student, or would bring: rule, inputs, arithmetic, limits, next step.

    What was deposited is explained from the record, anything else by the decision that posts; in Chinese and English.
    """
    return await queries.explain_certificate(
        session, actor, student_id=student_id, certificate_level_id=certificate_level_id, today=today
    )
