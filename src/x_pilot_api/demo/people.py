"""The people and the machine client; their secrets are made up at loading and kept in the state folder."""

from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.demo.dataset import Dataset, Person
from x_pilot_api.demo.keys import Keys
from x_pilot_api.identity import models as identity
from x_pilot_api.identity import passwords

MORE: Final = (
    Person("demo.security", "韩安全（演示）", "security_admin", "platform", ()),
    Person("demo.teacher.second", "蒋教师（演示）", "teacher", "college", ("会计学院",)),
)
"""Whom the demonstration has beside those of the dataset, which stays as it is."""


def everybody(facts: Dataset) -> tuple[Person, ...]:
    """List the made-up people, one a role at least."""
    return (*facts.people, *MORE)


async def load_people(session: AsyncSession, facts: Dataset, keys: Keys, *, password: str, secret: str) -> None:
    """Seed one person a role, all with one password, and the organisation's machine client."""
    hashed = passwords.hash_secret(password)
    for person in everybody(facts):
        person_id = uuid4()
        values = {"id": person_id, "username": person.username, "name": person.display_name, "password_hash": hashed}
        await session.execute(insert(identity.Person).values(values))
        await _grant(session, facts, keys, person, person_id)
    for client in facts.machine_clients:
        await session.execute(
            insert(identity.MachineClient).values(
                client_id=client.client_id,
                organisation_id=keys.organisations[client.organisation],
                name=f"{client.organisation}（演示）",
                is_test=True,
                secret_hash=passwords.digest_of(secret),
                scopes=list(client.scopes),
            )
        )


async def _grant(session: AsyncSession, facts: Dataset, keys: Keys, person: Person, person_id: UUID) -> None:
    if person.scope_kind in {"platform", "organisation"}:
        organisation_id = keys.organisations[person.scope_names[0]] if person.scope_names else None
        values = {"person_id": person_id, "role": person.role, "organisation_id": organisation_id}
        await session.execute(insert(identity.PlatformRole).values(values))
        return
    college_codes = {college.name: college.code for college in facts.colleges}
    is_coordinator = person.role == identity.Role.COORDINATOR
    is_student = person.role == identity.Role.STUDENT
    for name in person.scope_names:
        await session.execute(
            insert(identity.Membership).values(
                institution_id=keys.institution_id,
                person_id=person_id,
                role=person.role,
                college_id=keys.colleges[college_codes[name]] if is_coordinator else None,
                student_id=keys.students[name] if is_student else None,
            )
        )
