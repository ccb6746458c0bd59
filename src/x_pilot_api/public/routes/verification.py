"""Verifying a certificate, by anybody who was shown its code."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

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
) -> VerificationOut:
    """Tell whether a certificate is genuine and stands today; an unknown code is 404, whatever is wrong with it."""
    response.headers["Cache-Control"] = "no-store"
    found = await awards.find_verified(session, code.strip().upper()) if code.isprintable() else None
    if found is None:
        raise NotFound(what="certificate", zh="证书")
    return VerificationOut(
        code=found.verification_code,
        state=found.state,
        number=found.number,
        holder=rules.mask_name(found.holder_name),
        certificate=found.certificate_name,
        level=found.level,
        organisation=found.organisation_name,
        institution=found.institution_name,
        is_test=found.is_test,
        issued_on=found.issued_on,
        revoked_at=found.revoked_at,
        as_of=clock.now(),
    )
