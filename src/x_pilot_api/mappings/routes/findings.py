"""What is missing of showcase programmes."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.service import Today
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.mappings import queries
from x_pilot_api.mappings.schemas import FindingsOut

router = AreaRouter(tags=["mappings"])


@router.get("/showcase-findings", dependencies=[require(Permission.SHOWCASE_FINDINGS_READ)])
async def list_showcase_findings(session: Session, actor: CurrentActor, today: Today) -> FindingsOut:
    """List the colleges that name no showcase programme, and the showcase programmes without a rule in force.

    A coordinator sees those of their own colleges.
    """
    return FindingsOut(items=list(await queries.list_findings(session, actor, today=today)))
