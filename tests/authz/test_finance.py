"""The finance office: what its permissions say and nothing else, of its own institution, and always two persons."""

from uuid import uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz import calls
from tests.authz.canaries import mark
from tests.authz.matrix import Desk
from tests.world import Caller, signed_in
from x_pilot_api.app import create_app
from x_pilot_api.charges.queries import charges
from x_pilot_api.identity.models import Membership, Person, Role
from x_pilot_api.identity.permissions import PERMISSIONS, Permission
from x_pilot_api.permission_table import entries

ENTRIES = [entry for entry in entries(create_app()) if entry.permission is not None]
HELD = PERMISSIONS[Role.FINANCE]
MONEY = ("charges", "payments", "charge_rules", "settlements", "reconciliations", "fee_reports")
"""The nouns that are the finance office's own; whatever it reads of them lies on the ground."""


@pytest.fixture
async def office(desk: Desk, session: AsyncSession) -> Desk:
    """Let two people be the first institution's finance office."""
    institution_id = desk.ground.world.schools[0].id
    for who in ("finance", "second_finance"):
        person_id = uuid4()
        session.add(Person(id=person_id, username=who, name=mark(f"me_{who}"), password_hash="-"))
        await session.flush()
        session.add_all(
            [
                Membership(institution_id=institution_id, person_id=person_id, role=Role.FINANCE),
                signed_in(person_id, institution_id),
            ]
        )
        await session.flush()
        desk.ground.world.callers[who] = Caller(person_id, institution_id)
    return desk


async def test_it_may_do_what_its_permissions_say_and_nothing_else(office: Desk) -> None:
    wrong: list[str] = []
    for entry in ENTRIES:
        answer = await office.ask("finance", calls.CALLS[entry.operation](office.ground.corners["own"]))
        if (answer.status_code == 403) == (entry.permission in HELD):
            wrong.append(f"{entry.operation} ({entry.permission}): {answer.status_code} {answer.text[:200]}")
    assert wrong == []


async def test_it_reads_all_of_its_institutions_money_and_nobody_elses(office: Desk) -> None:
    found: dict[str, int] = {}
    for entry in ENTRIES:
        noun = str(entry.permission).partition(":")[0]
        if entry.method != "GET" or entry.permission not in HELD or noun not in MONEY:
            continue
        for relation in ("own", "sibling_college", "other_organisation"):
            answer = await office.ask("finance", calls.CALLS[entry.operation](office.ground.corners[relation]))
            found[f"{entry.operation} {relation}"] = answer.status_code
        call = calls.CALLS[entry.operation](office.ground.corners["other_institution"])
        foreign = await office.ask("finance", call)
        if foreign.status_code == 200:
            told = office.leaks("registrar", call, foreign)
            assert told == [], (entry.operation, told)
        else:
            assert foreign.status_code == 404, (entry.operation, foreign.text)
    assert len(found) > 30
    assert {operation: status for operation, status in found.items() if status != 200} == {}


def test_it_holds_nothing_of_results_students_or_their_register() -> None:
    nouns = {permission.partition(":")[0] for permission in HELD}
    kept_away = {"students", "results", "course_grades", "identity_documents", "awards", "registrations", "imports"}
    assert nouns & (kept_away | {"guarantees", "guarantee_forecasts", "credit_accounts", "people", "roles"}) == set()
    assert Permission.CHARGES_RELIEVE not in HELD
    assert Permission.SETTLEMENTS_AGREE not in HELD


async def test_a_voucher_takes_another_person_of_the_office(office: Desk) -> None:
    own = office.ground.corners["own"]
    made = await office.send("finance", calls.CALLS["record_voucher"](own))
    assert made.status_code == 201, made.text
    confirm = calls.Call("POST", f"/v1/payments/{made.json()['id']}:confirm")
    alone = await office.ask("finance", confirm)
    assert (alone.status_code, alone.json()["code"]) == (409, "payment_second_person")
    done = await office.ask("second_finance", confirm)
    assert (done.status_code, done.json()["state"]) == (200, "settled")
    again = await office.ask("registrar", confirm)
    assert again.status_code == 200


async def test_a_refund_is_by_cause_and_never_beyond_what_was_paid(office: Desk) -> None:
    own = office.ground.corners["own"]
    done = await office.ask("finance", calls.CALLS["refund_charge"](own))
    assert (done.status_code, done.json()["refunded_fen"]) == (201, 100)


@pytest.mark.parametrize(("who", "code"), [("registrar", "role_beyond"), ("coordinator", "forbidden")])
async def test_only_who_grants_powers_appoints_it(office: Desk, who: str, code: str) -> None:
    person_id = office.ground.world.callers["teacher"].id
    call = calls.Call("POST", f"/v1/people/{person_id}/roles", body={"role": "finance"})
    assert (await office.ask(who, call)).json()["code"] == code
    wish = {"role": "finance", "institution_id": str(office.ground.world.schools[0].id)}
    granted = await office.ask("security_admin", calls.Call("POST", call.path, body=wish))
    assert granted.status_code == 201, granted.text


async def test_where_it_is_taken_for_a_college_it_sees_no_charge(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charges, "_SEE_ALL", frozenset({Role.REGISTRAR}))
    answer = await office.ask("finance", calls.CALLS["get_charge"](office.ground.corners["own"]))
    assert answer.status_code == 404
