"""Deeds on certificates that meet each other, with real commits: serials, papers and corrections each happen once."""

import asyncio

from tests.awards import office
from tests.exams import make
from tests.exams.desk import Json
from tests.races.arena import Arena


async def issued(arena: Arena, plan: make.Plan, index: int) -> Json:
    await arena.push(plan, arena.row(plan, index))
    (award,) = await arena.awards(index)
    return award


async def test_eight_connections_take_serials_and_none_is_given_twice(arena: Arena) -> None:
    await office.pattern(arena, "N{serial:4}{check}")
    plans = [await arena.plan() for _ in range(8)]
    pushes = [arena.send(plan, arena.row(plan, turn)) for turn, plan in enumerate(plans)]
    answers = await asyncio.gather(*pushes)
    assert {answer.status_code for answer in answers} == {201}
    numbers = sorted(award["number"] for award in await arena.awards(None))
    assert [number[:5] for number in numbers] == [f"N{serial:04d}" for serial in range(1, 9)]


async def test_of_two_reissues_at_once_one_is_open_and_of_two_confirmations_one_issues(arena: Arena) -> None:
    plan, other = await arena.plan(), await office.colleague(arena)
    for turn in range(4):
        award = await issued(arena, plan, turn)
        path = f"/v1/awards/{award['id']}/reissues"
        asked = await asyncio.gather(*(office.post(arena, path, office.LOST) for _ in range(2)))
        assert sorted(answer.status_code for answer in asked) == [201, 409]
        (made,) = [answer.json() for answer in asked if answer.status_code == 201]
        confirm = f"/v1/award-reissues/{made['id']}:confirm"
        answers = await asyncio.gather(*(office.post(arena, confirm, who=other) for _ in range(2)))
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        assert len((await office.whole(arena, award))["papers"]) == 2


async def test_a_revocation_against_a_reissue_leaves_one_truth(arena: Arena) -> None:
    await arena.rule()
    plan, other = await arena.plan(), await office.colleague(arena)
    await arena.open_accounts()
    for turn in range(6):
        award = await issued(arena, plan, turn)
        asked = await office.done(arena, f"/v1/awards/{award['id']}/reissues", office.LOST)
        deeds = [
            office.post(arena, f"/v1/award-reissues/{asked['id']}:confirm", who=other),
            arena.send(plan, arena.row(plan, turn, revision=2, **make.FAILED)),
        ]
        if turn % 2:
            deeds.reverse()
        answers = await asyncio.gather(*deeds)
        confirmed, pushed = reversed(answers) if turn % 2 else answers
        assert (pushed.status_code, confirmed.status_code in {200, 409}) == (201, True)
        told = await office.whole(arena, award)
        assert (told["award"]["state"], len(told["papers"])) == ("revoked", 2 if confirmed.status_code == 200 else 1)
        for paper in told["papers"]:
            assert (await arena.verify(paper["verification_code"]))["state"] == "revoked"
    await arena.hold_true()


async def test_a_correction_by_hand_against_a_push_revokes_once_and_each_case_has_its_number(arena: Arena) -> None:
    await arena.rule()
    plan, other = await arena.plan(), await office.colleague(arena)
    await arena.open_accounts()
    for turn in range(6):
        award = await issued(arena, plan, turn)
        wish = {"award_id": award["id"], "reason": "冒名顶替", "evidence": "查1号"}
        case = (await office.done(arena, "/v1/corrections", wish))["correction"]
        confirm = office.post(arena, f"/v1/corrections/{case['id']}:confirm", {"digest": case["digest"]}, who=other)
        deeds = [confirm, arena.send(plan, arena.row(plan, turn, revision=2, **make.FAILED))]
        if turn % 2:
            deeds.reverse()
        answers = await asyncio.gather(*deeds)
        assert {answer.status_code for answer in answers} <= {200, 201, 409}
        assert (await arena.awards(turn))[0]["state"] == "revoked"
        assert (await arena.account(turn))["accumulated"] == "0.00"
    numbers = [case["number"] for case in (await arena.get("/v1/corrections", page_size=100))["items"]]
    assert len(numbers) == len(set(numbers)) == 12
    await arena.hold_true()


async def test_eight_proposals_about_one_certificate_open_one_case(arena: Arena) -> None:
    plan = await arena.plan()
    award = await issued(arena, plan, 0)
    wish = {"award_id": award["id"], "reason": "冒名顶替", "evidence": "查1号"}
    answers = await asyncio.gather(*(office.post(arena, "/v1/corrections", wish) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
