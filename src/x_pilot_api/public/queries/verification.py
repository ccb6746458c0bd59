"""Telling whether a certificate is genuine and stands: one answer, whether a program or a person asks for it."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.awards import queries as awards
from x_pilot_api.core.errors import NotFound
from x_pilot_api.public import rules
from x_pilot_api.public.schemas import VerificationOut


async def verify(session: AsyncSession, code: str, *, as_of: datetime | None, now: datetime) -> VerificationOut:
    """Tell what the public may know of the certificate behind a code; whatever is wrong with the code, it is not found.

    So is a code that was not there yet at the instant asked for. An instant to come is told as now.
    """
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
