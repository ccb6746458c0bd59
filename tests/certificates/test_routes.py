"""Reading the catalogue."""

from collections.abc import Callable
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import event, insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from tests.world import World
from x_pilot_api.certificates.models import AssessmentComponent, AssessmentScheme, Certificate, CertificateLevel

SignIn = Callable[[str], dict[str, str]]


async def _names(client: httpx.AsyncClient, headers: dict[str, str], **filters: str) -> list[str]:
    answer = await client.get("/v1/certificates", params=filters, headers=headers)
    assert answer.status_code == 200, answer.text
    return [row["name"] for row in answer.json()["items"]]


async def test_a_certificate_is_told_with_its_levels_and_how_they_are_assessed(
    client: httpx.AsyncClient, world: World, sign_in: SignIn
) -> None:
    organised = world.organisations[0]
    answer = await client.get(f"/v1/certificates/{organised.certificate_id}", headers=sign_in("registrar"))
    assert answer.status_code == 200
    assert answer.json() == {
        "id": str(organised.certificate_id),
        "name": "智能财税1",
        "batch": "2",
        "basis": "a test",
        "organisation": {"id": str(organised.id), "name": "评价组织1"},
        "levels": [
            {
                "id": str(organised.levels[level]),
                "level": level,
                "scheme": {
                    "id": str(organised.schemes[level]),
                    "version": 1,
                    "combination": "weighted_sum",
                    "exam_form": "computer",
                    "effective_from": None,
                    "pass_mark": "60.00",
                    "components": [
                        {
                            "code": code,
                            "name": name,
                            "weight_percent": weight,
                            "full_mark": "100.00",
                            "pass_mark": None,
                        }
                        for code, name, weight in (("practical", "实操", 60), ("theory", "理论", 40))
                    ],
                },
            }
            for level in ("1", "2")
        ],
    }


async def test_the_latest_version_of_a_scheme_is_told(
    client: httpx.AsyncClient, world: World, sign_in: SignIn, session: AsyncSession
) -> None:
    organised = world.organisations[0]
    scheme_id = uuid4()
    await session.execute(
        insert(AssessmentScheme).values(
            id=scheme_id,
            certificate_level_id=organised.levels["2"],
            version=2,
            combination="every_component",
            exam_form="paper",
            pass_mark_hundredths=None,
        )
    )
    await session.execute(
        insert(AssessmentComponent).values(
            scheme_id=scheme_id,
            code="theory",
            name="理论",
            weight_percent=100,
            full_mark_hundredths=15_000,
            pass_mark_hundredths=9_050,
        )
    )
    answer = await client.get(f"/v1/certificates/{organised.certificate_id}", headers=sign_in("student"))
    elementary, intermediate = (level["scheme"] for level in answer.json()["levels"])
    assert elementary["version"] == 1
    assert intermediate["version"] == 2
    assert intermediate["pass_mark"] is None
    assert intermediate["components"][0]["pass_mark"] == "90.50"


async def test_a_level_without_a_scheme_and_a_certificate_without_levels_are_told_as_such(
    client: httpx.AsyncClient, world: World, sign_in: SignIn, session: AsyncSession
) -> None:
    organised = world.organisations[0]
    bare, advanced = uuid4(), uuid4()
    await session.execute(
        insert(Certificate).values(id=bare, organisation_id=organised.id, name="云财务", batch=None, basis="a test")
    )
    await session.execute(
        insert(CertificateLevel).values(id=advanced, certificate_id=organised.certificate_id, level="3")
    )
    headers = sign_in("operator")
    full = (await client.get(f"/v1/certificates/{organised.certificate_id}", headers=headers)).json()
    empty = (await client.get(f"/v1/certificates/{bare}", headers=headers)).json()
    assert full["levels"][2] == {"id": str(advanced), "level": "3", "scheme": None}
    assert (empty["levels"], empty["batch"]) == ([], None)


async def test_an_unknown_certificate_is_not_found(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    answer = await client.get(f"/v1/certificates/{uuid4()}", headers=sign_in("registrar"))
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    "who",
    ["operator", "auditor", "registrar_2", "coordinator", "expert", "teacher", "student", "org_staff_2", "machine"],
)
async def test_everybody_sees_the_whole_catalogue(client: httpx.AsyncClient, sign_in: SignIn, who: str) -> None:
    assert await _names(client, sign_in(who)) == ["智能财税1", "智能财税2"]


async def test_who_grants_roles_has_no_business_in_the_catalogue(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    answer = await client.get("/v1/certificates", headers=sign_in("security_admin"))
    assert (answer.status_code, answer.json()["figures"]) == (403, {"permission": "certificates:read"})


async def test_certificates_come_in_pages_by_name(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    first = await client.get("/v1/certificates?page_size=1", headers=sign_in("registrar"))
    following = first.headers["link"].partition("<")[2].partition(">")[0]
    second = await client.get(following, headers=sign_in("registrar"))
    assert [row["name"] for row in first.json()["items"] + second.json()["items"]] == ["智能财税1", "智能财税2"]
    assert second.json()["next_page_token"] is None


async def test_certificates_are_found_by_organisation_level_and_part_of_the_name(
    client: httpx.AsyncClient, world: World, sign_in: SignIn, session: AsyncSession
) -> None:
    first, second = world.organisations
    await session.execute(insert(CertificateLevel).values(certificate_id=first.certificate_id, level="3"))
    headers = sign_in("registrar")
    assert await _names(client, headers, organisation_id=str(second.id)) == ["智能财税2"]
    assert await _names(client, headers, level="3") == ["智能财税1"]
    assert await _names(client, headers, text="财税2") == ["智能财税2"]
    assert await _names(client, headers, text="财税", level="1") == ["智能财税1", "智能财税2"]


async def test_a_wildcard_in_the_text_is_only_a_character(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    assert await _names(client, sign_in("registrar"), text="智%") == []
    assert await _names(client, sign_in("registrar"), text="_") == []


@pytest.mark.parametrize("query", ["level=4", "organisation_id=x", "text=", "text=%00", "page_size=0", "colour=red"])
async def test_a_filter_that_cannot_be_read_is_refused(client: httpx.AsyncClient, sign_in: SignIn, query: str) -> None:
    answer = await client.get(f"/v1/certificates?{query}", headers=sign_in("registrar"))
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")


async def test_a_copy_that_is_still_true_is_not_sent_again(
    client: httpx.AsyncClient, world: World, sign_in: SignIn, session: AsyncSession
) -> None:
    path = f"/v1/certificates/{world.organisations[0].certificate_id}"
    headers = sign_in("registrar")
    tag = (await client.get(path, headers=headers)).headers["etag"]
    assert tag.startswith('W/"')
    for known in (tag, f'"other", {tag.removeprefix("W/")}', "*"):
        same = await client.get(path, headers=headers | {"If-None-Match": known})
        assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", tag)
    await session.execute(
        insert(CertificateLevel).values(certificate_id=world.organisations[0].certificate_id, level="3")
    )
    changed = await client.get(path, headers=headers | {"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag


async def test_a_page_takes_as_many_statements_as_one_certificate_more(
    client: httpx.AsyncClient, world: World, sign_in: SignIn, session: AsyncSession, connection: AsyncConnection
) -> None:
    statements: list[str] = []

    def heard(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    event.listen(connection.sync_connection, "before_cursor_execute", heard)
    counts: list[int] = []
    for serial in range(2):
        statements.clear()
        await _names(client, sign_in("registrar"))
        counts.append(sum("certificates" in statement for statement in statements))
        await session.execute(
            insert(Certificate),
            [
                {"organisation_id": world.organisations[0].id, "name": f"另一证书{serial}{number}", "basis": "a test"}
                for number in range(10)
            ],
        )
    assert counts == [2, 2]
