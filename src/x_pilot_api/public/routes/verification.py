"""Verifying a certificate, by anybody who was shown its code."""

from typing import Annotated

from fastapi import Path, Query, Response
from pydantic import AwareDatetime

from x_pilot_api.core import clock
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import public
from x_pilot_api.core.db import Session
from x_pilot_api.public import queries
from x_pilot_api.public.schemas import VerificationOut

router = AreaRouter(tags=["public"])


@router.get("/verify/{code}", dependencies=[public()])
async def verify_award(
    code: Annotated[str, Path(min_length=1, max_length=64, description="The code printed on the certificate")],
    session: Session,
    response: Response,
    as_of: Annotated[AwareDatetime | None, Query(description="Tell how it stood at this instant; else now")] = None,
) -> VerificationOut:
    """Tell whether a certificate is genuine and stands; an unknown code is 404, whatever is wrong with it.

    So is a code that was not there yet at the instant asked for. An instant to come is told as now.
    """
    response.headers["Cache-Control"] = "no-store"
    return await queries.verify(session, code, as_of=as_of, now=clock.now())
