"""Verifying a certificate as anybody who was shown its code."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text, update

from tests.awards import office
from tests.exams import make
from tests.exams.desk import Desk
from x_pilot_api.identity.models import Institution
from x_pilot_api.public import rules

_INSTANTS = text("""
SELECT recorded_at FROM awards UNION ALL SELECT recorded_at FROM award_changes
UNION ALL SELECT recorded_at FROM award_copies ORDER BY recorded_at
""")


@pytest.fixture
async def code(desk: Desk) -> str:
    plan = await desk.plan()
    await desk.push(plan, desk.row(plan, certificate_number="ZS-2026-1"))
    (award,) = await desk.awards()
    verification_code: str = award["verification_code"]
    return verification_code


async def test_a_code_tells_what_the_certificate_is_and_that_it_stands(desk: Desk, code: str) -> None:
    found = await desk.verify(code)
    assert {name: found[name] for name in found if name != "as_of"} == {
        "code": code,
        "state": "valid",
        "number": "ZS-2026-1",
        "reissued_as": None,
        "holder": "学***",
        "certificate": "智能财税1",
        "level": "2",
        "organisation": "评价组织1",
        "institution": "学院1",
        "is_test": False,
        "issued_on": make.EXAM_ON.isoformat(),
        "revoked_at": None,
    }


async def test_what_a_test_institution_issued_says_so(desk: Desk) -> None:
    async with desk.service.database.transaction() as session:
        await session.execute(
            update(Institution).where(Institution.id == desk.world.schools[0].id).values(is_test=True)
        )
    plan = await desk.plan()
    assert (await desk.send(plan, desk.row(plan), who="test_machine")).status_code == 201
    (award,) = await desk.awards()
    assert (await desk.verify(award["verification_code"]))["is_test"] is True


async def test_no_identity_number_and_no_full_name_is_told(desk: Desk, code: str) -> None:
    answer = await desk.client.get(f"/v1/verify/{code}")
    number = desk.world.schools[0].documents[0]
    for secret in (number, number[-4:], number[:6], "学生10", "生10", "2024"):
        assert secret not in answer.text.replace(code, "")
    assert answer.headers["Cache-Control"] == "no-store"


async def test_a_code_is_found_however_it_is_typed(desk: Desk, code: str) -> None:
    for typed in (code.lower(), f" {code} ", code):
        assert (await desk.verify(typed))["code"] == code


async def test_a_code_says_its_institution_and_cannot_be_guessed(desk: Desk, code: str) -> None:
    institution, _, secret = code.partition("-")
    assert institution == desk.world.schools[0].code
    assert len(secret) == 32


async def test_whatever_is_wrong_with_a_code_it_is_not_found(desk: Desk, code: str) -> None:
    institution, _, secret = code.partition("-")
    other = desk.world.schools[1].code
    for wrong in (
        "x", secret, institution, f"{institution}-", f"{other}-{secret}", f"{code}0", code[:-1], "%00", f"{code}%00",
        "%ED%A0%80", "%F0%9F%8E%93", "证书", "'; DROP TABLE awards; --", "%25", "_" * 44,
    ):  # fmt: skip
        answer = await desk.client.get(f"/v1/verify/{wrong}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), wrong


async def test_a_revoked_certificate_is_told_as_revoked(desk: Desk, code: str) -> None:
    plan = await desk.plan(levels=("1",))
    await desk.push(plan, desk.row(plan, 1))
    await desk.push(plan, desk.row(plan, 1, revision=2, grading="voided"))
    (award,) = await desk.awards(1)
    found = await desk.verify(award["verification_code"])
    assert (found["state"], found["revoked_at"] is not None) == ("revoked", True)
    assert (await desk.verify(code))["state"] == "valid"


async def test_a_certificate_is_told_as_it_stood_at_an_instant(desk: Desk) -> None:
    award = await office.issued(desk)
    path, code = f"/v1/awards/{award['id']}", award["verification_code"]
    await office.done(desk, f"{path}:suspend", {"reason": "复核"})
    await office.done(desk, f"{path}:reinstate", {"reason": "无误"})
    made = await office.reissued(desk, award)
    async with desk.service.database.transaction(read_only=True) as session:
        issued_at, *moments = (await session.scalars(_INSTANTS)).all()

    async def state_at(code: str, instant: datetime) -> str:
        answer = await desk.client.get(f"/v1/verify/{code}", params={"as_of": instant.isoformat()})
        told = answer.json()
        return told["state"] if answer.status_code == 200 else told["code"]

    before = timedelta(microseconds=1)
    assert [await state_at(code, moment) for moment in moments] == ["suspended", "valid", "reissued"]
    assert [await state_at(code, moment - before) for moment in moments] == ["valid", "suspended", "valid"]
    assert [await state_at(code, issued_at), await state_at(code, issued_at - before)] == ["valid", "not_found"]
    new = made["new_verification_code"]
    assert [await state_at(new, moments[-1]), await state_at(new, moments[-1] - before)] == ["valid", "not_found"]
    later = await desk.client.get(f"/v1/verify/{new}", params={"as_of": "2999-01-01T00:00:00Z"})
    assert datetime.fromisoformat(later.json()["as_of"]) < datetime(2999, 1, 1, tzinfo=UTC)
    assert (await desk.client.get(f"/v1/verify/{code}", params={"as_of": "2026-01-01"})).status_code == 400


@pytest.mark.parametrize(
    ("name", "masked"), [("张三", "张*"), ("王", "王*"), ("欧阳娜娜", "欧***"), ("Li Hua", "L*****"), ("", "*")]
)
def test_of_a_name_only_its_first_character_is_told(name: str, masked: str) -> None:
    assert rules.mask_name(name) == masked
