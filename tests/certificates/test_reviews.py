"""Admission reviews: who sees them, who votes, what the votes come to."""

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tests.certificates import make
from tests.certificates.make import REVIEWS, TODAY, Office
from x_pilot_api.certificates.models import Admission, AdmissionStatus, ReviewPolicy
from x_pilot_api.certificates.rules import reviews as rules
from x_pilot_api.certificates.rules.reviews import Vote
from x_pilot_api.identity.models import Membership, PlatformRole


@pytest.fixture
async def certificate_id(office: Office, session: AsyncSession) -> str:
    """Enter a certificate, a policy, and two experts more."""
    for name in ("second_expert", "third_expert"):
        await make.expert(session, office.world, name)
    await office.policy()
    return str((await office.certificate())["id"])


async def test_a_review_is_edited_submitted_and_begun_with_its_panel(office: Office, certificate_id: str) -> None:
    path = await office.propose(certificate_id)
    drafted = await office.get(path, who="coordinator")
    assert (drafted["state"], drafted["allowed_deeds"]) == ("draft", ["change", "submit"])
    changed = await office.change("coordinator", path, {"grounds": "行业急需，企业认可"})
    assert changed.json()["grounds"] == "行业急需，企业认可"
    await office.post("coordinator", f"{path}:submit")
    assert (await office.change("coordinator", path, {"grounds": "再改"})).json()["code"] == "deed_not_allowed"
    begun = await office.post("registrar", f"{path}:begin", office.panel("expert", "second_expert"))
    assert (begun["state"], begun["allowed_deeds"]) == ("under_review", ["assign"])
    assert [seat["state"] for seat in begun["seats"]] == ["assigned", "assigned"]
    assert begun["scorecard"] == f"{path}/scorecard"


async def test_without_a_policy_nothing_is_guessed(office: Office) -> None:
    path = await office.propose(str((await office.certificate())["id"]))
    await office.post("coordinator", f"{path}:submit")
    assert await office.code("registrar", f"{path}:begin", office.panel("expert")) == "review_policy_missing"
    later = str(TODAY.replace(year=TODAY.year + 1))
    await office.policy(effective_from=later)
    assert await office.code("registrar", f"{path}:begin", office.panel("expert")) == "review_policy_missing"
    wish = {"effective_from": "2026-01-01", "quorum": 1, "industry_fit_min": "1.00"}
    full = wish | {"employer_recognition_min": "1.00", "basis": "文"}
    assert await office.code("registrar", "/v1/review-policies", full) == "review_policy_before_its_predecessor"


async def test_the_last_vote_admits_and_the_college_runs_the_certificate(
    office: Office, certificate_id: str, session: AsyncSession
) -> None:
    path = await office.begun(certificate_id, "expert", "second_expert")
    first = await office.vote("expert", path)
    assert (first["state"], first["allowed_deeds"], len(first["seats"])) == ("under_review", [], 1)
    last = await office.vote("second_expert", path, fit="40.01", recognition="65.00")
    assert last["state"] == "admitted"
    assert last["result"] == {
        "policy_version": 1,
        "quorum": 2,
        "votes": 2,
        "industry_fit": "60.01",
        "industry_fit_min": "60.00",
        "employer_recognition": "70.00",
        "employer_recognition_min": "70.00",
        "reasons": [],
    }
    admission = (await session.scalars(select(Admission).where(Admission.certificate_id == certificate_id))).one()
    assert (admission.status, admission.admitted_on) == (AdmissionStatus.ADMITTED, TODAY)
    assert await office.code("coordinator", REVIEWS, _again(office, certificate_id)) == "already_admitted"


def _again(office: Office, certificate_id: str) -> make.Json:
    return {"college_id": str(office.world.schools[0].colleges[0]), "certificate_id": certificate_id, "grounds": "再议"}


async def test_votes_below_a_minimum_reject_with_each_reason(
    office: Office, certificate_id: str, session: AsyncSession
) -> None:
    path = await office.begun(certificate_id, "expert", "second_expert")
    await office.vote("expert", path, fit="59.99", recognition="69.99")
    rejected = await office.vote("second_expert", path, fit="60.00", recognition="70.00")
    assert rejected["state"] == "rejected"
    assert rejected["result"]["reasons"] == ["industry_fit_low", "employer_recognition_low"]
    assert rejected["result"]["industry_fit"] == "60.00", "rounded to what it had to reach, and not reached"
    assert (await session.scalars(select(Admission).where(Admission.certificate_id == certificate_id))).all() == []
    assert await office.propose(certificate_id) != path


async def test_conflicts_of_interest_are_found_by_rule_and_declared(
    office: Office, certificate_id: str, session: AsyncSession
) -> None:
    world = office.world
    organised, school = world.organisations[0], world.schools[0]
    for name in ("of_staff", "of_college"):
        await make.expert(session, world, name)
    session.add_all(
        [
            PlatformRole(person_id=world.callers["of_staff"].id, role="org_staff", organisation_id=organised.id),
            Membership(
                institution_id=school.id,
                person_id=world.callers["of_college"].id,
                role="coordinator",
                programme_id=school.programmes[0],
            ),
            Membership(institution_id=school.id, person_id=world.callers["coordinator"].id, role="expert"),
        ]
    )
    await session.flush()
    path = await office.propose(certificate_id)
    await office.post("coordinator", f"{path}:submit")
    small = await office.ask(
        "registrar", "POST", f"{path}:begin", office.panel("of_staff", "of_college", "coordinator", "expert")
    )
    assert (small.json()["code"], small.json()["figures"]) == (
        "panel_too_small",
        {"able": 1, "quorum": 2, "excused": 3},
    )
    assert (await office.get(path))["seats"] == [], "a refused beginning leaves no seat"
    panel = office.panel("of_staff", "of_college", "coordinator", "expert", "second_expert", "third_expert")
    begun = await office.post("registrar", f"{path}:begin", panel)
    assert [seat["excuse_code"] for seat in begun["seats"]] == [
        "of_the_organisation",
        "of_the_college",
        "proposed_it",
        None,
        None,
        None,
    ]
    excused = await office.post("expert", f"{path}:excuse", {"reason": "曾任该组织顾问"})
    assert (excused["seats"][0]["state"], excused["state"]) == ("excused", "under_review")
    assert (await office.ask("expert", "GET", path)).status_code == 404
    await office.vote("second_expert", path)
    assert (await office.vote("third_expert", path))["state"] == "admitted"


async def test_a_conflict_that_came_later_forbids_the_vote(
    office: Office, certificate_id: str, session: AsyncSession
) -> None:
    path = await office.begun(certificate_id, "expert", "second_expert")
    organised = office.world.organisations[0]
    session.add(
        PlatformRole(person_id=office.world.callers["expert"].id, role="org_staff", organisation_id=organised.id)
    )
    await session.flush()
    vote = {"industry_fit": "80.00", "employer_recognition": "80.00", "opinion": "同意"}
    answer = await office.ask("expert", "POST", f"{path}:vote", vote)
    assert (answer.json()["code"], answer.json()["figures"]) == (
        "conflict_of_interest",
        {"rule": "of_the_organisation"},
    )


async def test_who_is_excused_last_lets_the_votes_decide(office: Office, certificate_id: str) -> None:
    path = await office.begun(certificate_id, "expert", "second_expert", "third_expert")
    await office.vote("expert", path)
    await office.vote("second_expert", path)
    assert (await office.post("third_expert", f"{path}:excuse", {"reason": "亲属"}))["state"] == "admitted"


async def test_too_few_votes_wait_for_more_experts_and_enough_can_be_concluded(
    office: Office, certificate_id: str, session: AsyncSession
) -> None:
    await make.expert(session, office.world, "fourth_expert")
    path = await office.begun(certificate_id, "expert", "second_expert")
    await office.vote("expert", path)
    assert (await office.post("second_expert", f"{path}:excuse", {"reason": "亲属"}))["state"] == "under_review"
    assert await office.code("registrar", f"{path}:conclude") == "quorum_missing"
    assert await office.code("registrar", f"{path}:assign", office.panel("expert")) == "expert_seated"
    assert await office.code("registrar", f"{path}:assign", office.panel("teacher")) == "not_experts"
    await office.post("registrar", f"{path}:assign", office.panel("third_expert", "fourth_expert"))
    await office.vote("third_expert", path)
    waiting = await office.get(path)
    assert (waiting["state"], waiting["allowed_deeds"]) == ("under_review", ["assign", "conclude"])
    assert (await office.post("registrar", f"{path}:conclude"))["state"] == "admitted"
    assert await office.code("fourth_expert", f"{path}:vote", _vote()) == "deed_not_allowed"


def _vote() -> make.Json:
    return {"industry_fit": "80.00", "employer_recognition": "80.00", "opinion": "同意"}


async def test_a_vote_is_given_once_and_by_the_seated_alone(office: Office, certificate_id: str) -> None:
    path = await office.begun(certificate_id, "expert", "second_expert")
    await office.vote("expert", path)
    assert await office.code("expert", f"{path}:vote", _vote()) == "no_vote_left"
    assert await office.code("expert", f"{path}:excuse", {"reason": "迟到的回避"}) == "no_vote_left"
    assert await office.code("third_expert", f"{path}:vote", _vote()) == "not_found"
    too_much = _vote() | {"industry_fit": "100.01"}
    assert await office.code("second_expert", f"{path}:vote", too_much) == "body_invalid"


async def test_an_expert_sees_only_reviews_assigned_to_them_and_no_other_vote(
    office: Office, certificate_id: str
) -> None:
    path = await office.begun(certificate_id, "expert", "second_expert")
    await office.vote("second_expert", path)
    assert (await office.get(REVIEWS, who="third_expert"))["items"] == []
    (seen,) = (await office.get(REVIEWS, who="expert"))["items"]
    assert [seat["person_id"] for seat in seen["seats"]] == [str(office.world.callers["expert"].id)]
    assert seen["allowed_deeds"] == ["vote", "excuse"]
    assert (await office.ask("expert", "GET", f"{path}/history")).status_code == 403
    assert (await office.get(f"{path}/scorecard", who="expert"))["certificate"]["pass_rate"]["percent"] is None


async def test_the_college_learns_of_votes_when_they_have_decided(office: Office, certificate_id: str) -> None:
    path = await office.begun(certificate_id, "expert", "second_expert")
    await office.vote("expert", path)
    assert (await office.get(path, who="coordinator"))["seats"] == []
    before = [event["deed"] for event in (await office.get(f"{path}/history", who="coordinator"))["items"]]
    assert before == ["propose_review", "submit_review", "begin_review"]
    await office.vote("second_expert", path)
    events = (await office.get(f"{path}/history", who="coordinator"))["items"]
    assert [event["deed"] for event in events] == [
        "propose_review",
        "submit_review",
        "begin_review",
        "assign_experts",
        "vote_in_review",
        "vote_in_review",
        "decide_review",
    ]
    assert (events[-1]["before"]["state"], events[-1]["after"]["state"]) == ("under_review", "admitted")
    assert len((await office.get(path, who="coordinator"))["seats"]) == 2


async def test_one_review_of_a_certificate_at_a_college_is_open(office: Office, certificate_id: str) -> None:
    await office.propose(certificate_id)
    assert await office.code("coordinator", REVIEWS, _again(office, certificate_id)) == "review_open"
    assert await office.code("sibling_coordinator", REVIEWS, _again(office, certificate_id)) == "not_found"
    assert await office.propose(certificate_id, who="sibling_coordinator", college=1)


async def test_a_policy_set_later_leaves_a_review_its_own(office: Office, certificate_id: str) -> None:
    path = await office.begun(certificate_id, "expert", "second_expert")
    second = await office.policy(quorum=3, industry_fit_min="100.00")
    assert second["version"] == 2
    await office.vote("expert", path)
    decided = await office.vote("second_expert", path)
    assert (decided["state"], decided["result"]["policy_version"]) == ("admitted", 1)
    listed: httpx.Response = await office.ask("registrar", "GET", "/v1/review-policies")
    assert [policy["version"] for policy in listed.json()["items"]] == [1, 2]


def test_sums_decide_and_averages_are_rounded() -> None:
    policy = ReviewPolicy(
        version=1, quorum=1, industry_fit_min_hundredths=6000, employer_recognition_min_hundredths=7000
    )
    result = rules.count([Vote(5999, 7000), Vote(6000, 7001), Vote(6000, 7001)], policy)
    assert (result.industry_fit, result.employer_recognition) == (6000, 7001)
    assert (result.reasons, result.deed) == (["industry_fit_low"], "reject")
    assert rules.count([Vote(6000, 7000)], policy).deed == "admit"
