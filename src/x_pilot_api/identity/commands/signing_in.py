"""Signing in: a person by password."""

from collections.abc import Mapping

from x_pilot_api.core import auth, clock
from x_pilot_api.core.actors import ActorKind
from x_pilot_api.core.service import Service
from x_pilot_api.identity import passwords, queries
from x_pilot_api.identity.errors import InstitutionUnclear, SignInRefused
from x_pilot_api.identity.schemas import TokenOut


async def sign_in_person(service: Service, *, username: str, password: str, institution: str | None) -> TokenOut:
    """Let a person in; the token is for one institution, since a person acts in one at a time."""
    # Hashing takes its time: no connection is held meanwhile.
    async with service.database.transaction(read_only=True) as session:
        person = await queries.find_person(session, username)
        found = await queries.list_institutions_of(session, person.id) if person else ()
    if not await passwords.verify(person.password_hash if person else None, password) or person is None:
        raise SignInRefused
    institutions = {institution.code: institution for institution in found}
    if institution is None and len(institutions) <= 1:
        chosen = next(iter(institutions.values()), None)
    elif institution in institutions:
        chosen = institutions[institution]
    else:
        raise InstitutionUnclear(codes=", ".join(institutions) or "-")
    claims = {"kind": ActorKind.PERSON.value} | ({"institution": str(chosen.id)} if chosen else {})
    return _issue(service, subject=str(person.id), claims=claims, scope="")


def _issue(service: Service, *, subject: str, claims: Mapping[str, str], scope: str) -> TokenOut:
    lifetime = auth.access_lifetime(service)
    token = service.tokens.issue(
        typ=auth.ACCESS_TOKEN_TYPE,
        audience=auth.ACCESS_AUDIENCE,
        subject=subject,
        lifetime=lifetime,
        now=clock.now(),
        claims=claims,
    )
    return TokenOut(access_token=token, token_type="Bearer", expires_in=int(lifetime.total_seconds()), scope=scope)  # noqa: S106 - the kind of token
