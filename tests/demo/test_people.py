"""Who can be tried: every role has somebody, and the password is told to this machine alone."""

import json
from pathlib import Path

import pytest

from x_pilot_api.core.settings import Settings
from x_pilot_api.demo import welcome
from x_pilot_api.demo.dataset import build_dataset
from x_pilot_api.demo.people import everybody
from x_pilot_api.identity.models import Role


def test_every_role_has_somebody_under_a_name_of_their_own() -> None:
    people = everybody(build_dataset())
    assert {person.role for person in people} == set(Role)
    assert len({person.username for person in people}) == len(people)
    assert all("演示" in person.display_name for person in people if person.role != Role.STUDENT)


@pytest.mark.parametrize(("host", "password"), [("127.0.0.1", "geheim"), ("0.0.0.0", None)])  # noqa: S104 - not bound
def test_the_sign_in_page_is_told_of_everybody(host: str, password: str | None, tmp_path: Path) -> None:
    pages = welcome.with_users({}, "geheim", Settings(host=host, state_dir=tmp_path))
    told = json.loads(pages[welcome.PATH].content)
    assert {user["role"] for user in told["users"]} == set(Role)
    assert told["password"] == password
