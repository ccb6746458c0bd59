"""Signing in: a person by password."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import update

from x_pilot_api.core import clock
from x_pilot_api.core.errors import AppError
from x_pilot_api.core.service import Service
from x_pilot_api.identity import passwords, queries
from x_pilot_api.identity.commands import attempts, second_factors, sessions
from x_pilot_api.identity.commands.attempts import Attempt
from x_pilot_api.identity.commands.sessions import Proven
from x_pilot_api.identity.errors import InstitutionUnclear, SignInRefused
from x_pilot_api.identity.models import Institution, Person
from x_pilot_api.identity.schemas import TokenOut


@dataclass(frozen=True)
class Claimed:
    """Who somebody says they are, with the secrets that may prove it."""

    username: str = field(repr=False)
    password: str = field(repr=False)
    otp: str | None = field(repr=False)
    institution: str | None


async def sign_in_person(service: Service, *, claimed: Claimed, agent: str) -> TokenOut:
    """Let a person in; the session is for one institution, since a person acts in one at a time."""
    attempt = Attempt.of(service, username=claimed.username, at=clock.now())
    await attempts.start(service, attempt)
    # Hashing takes its time: no connection is held meanwhile.
    async with service.database.transaction(read_only=True) as session:
        person = await queries.find_person(session, claimed.username)
        found = await queries.list_institutions_of(session, person.id) if person else ()
    if not await passwords.verify(person.password_hash if person else None, claimed.password) or person is None:
        await attempts.count_failure(service, attempt)
        raise SignInRefused
    try:
        institution = _choose(found, claimed.institution)
    except InstitutionUnclear:
        await attempts.take_back(service, attempt)
        raise
    answer, refusal = await _enter(service, person, institution, Entry(claimed, attempt, agent))
    if answer is None:
        # The password was right, so it is the second factor's own count that stands against guessing.
        await attempts.take_back(service, attempt)
        raise refusal or SignInRefused
    await _hash_anew(service, person, claimed.password)
    return answer


@dataclass(frozen=True)
class Entry:
    """One attempt to sign in, with what was claimed and the kind of program."""

    claimed: Claimed
    attempt: Attempt
    agent: str


async def _enter(
    service: Service, person: Person, institution: Institution | None, entry: Entry
) -> tuple[TokenOut | None, AppError | None]:
    """Check the second factor and open the session, or give the refusal whose count is to be kept."""
    at = entry.attempt.at
    async with service.database.transaction() as session:
        if not await queries.is_still(session, person):
            return None, None
        code = entry.claimed.otp
        checked = await second_factors.check(session, service.sealer, person_id=person.id, code=code, at=at)
        if checked.refusal is not None:
            return None, checked.refusal
        await attempts.succeed(session, entry.attempt)
        proven = Proven(person, institution.id if institution else None, at=at, by_second_factor=checked.passed)
        return await sessions.open_session(session, service, proven, entry.agent), None


async def _hash_anew(service: Service, person: Person, password: str) -> None:
    """Hash a password again that was hashed with parameters of former days, now that it is at hand."""
    former = person.password_hash
    if former is None or not passwords.is_outdated(former):
        return
    hashed = await passwords.hash_in_turn(password)
    async with service.database.transaction() as session:
        is_same = (Person.id == person.id, Person.password_hash == former)
        await session.execute(update(Person).where(*is_same).values(password_hash=hashed))


def _choose(found: Sequence[Institution], code: str | None) -> Institution | None:
    institutions = {institution.code: institution for institution in found}
    if code is None and len(institutions) <= 1:
        return next(iter(institutions.values()), None)
    if code in institutions:
        return institutions[code]
    raise InstitutionUnclear(codes=", ".join(institutions) or "-")
