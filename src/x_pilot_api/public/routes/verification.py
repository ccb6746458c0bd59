"""Verifying a certificate, by anybody who was shown its code."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from pydantic import AwareDatetime

from x_pilot_api.awards import queries as awards
from x_pilot_api.core import clock
from x_pilot_api.core.auth import public
from x_pilot_api.core.db import Session
from x_pilot_api.core.errors import NotFound
from x_pilot_api.public import rules
from x_pilot_api.public.schemas import VerificationOut

router = APIRouter()


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
    now = clock.now()
    then = as_of if as_of is not None and as_of < now else None
    found = await awards.find_verified(session, code.strip().upper(), as_of=then) if code.isprintable() else None
    if found is None:
        raise NotFound(what="certificate", zh="证书")
    return VerificationOut(
        code=found.verification_code,
        state=found.state,
        number=found.number,
        reissued_as=found.reissued_as,
        holder=rules.mask_name(found.holder_name),
        certificate=found.certificate_name,
        level=found.level,
        organisation=found.organisation_name,
        institution=found.institution_name,
        is_test=found.is_test,
        issued_on=found.issued_on,
        revoked_at=found.revoked_at,
        as_of=then or now,
    )
