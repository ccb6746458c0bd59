"""The results that certificates rest on."""

from uuid import UUID

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.exams import queries
from x_pilot_api.exams.schemas import AwardResultOut
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["exams"])


@router.get("/awards/{award_id}/results", dependencies=[require(Permission.AWARDS_READ)])
async def list_award_results(award_id: UUID, session: Session, actor: CurrentActor) -> list[AwardResultOut]:
    """List the results in effect that a certificate rests on, the best one, to which it is linked, first."""
    return await queries.list_award_results(session, actor, award_id)
