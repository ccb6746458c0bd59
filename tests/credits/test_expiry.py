"""Credits run out by policy: told beforehand, only what is unspent, once, and given back to a loss."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.credits.converting import Clerk
from tests.credits.outcoming import ZONE, Dean
from tests.exams.desk import set_clock
from x_pilot_api.core import clock
from x_pilot_api.core.service import Service
from x_pilot_api.credits import rules
from x_pilot_api.credits.commands import RunOut
from x_pilot_api.oversight import queries as oversight

NOTHING = RunOut(told=0, expired=0, credit=0)


@pytest.fixture
async def dean(clerk: Clerk) -> Dean:
    await clerk.desk.open_accounts(0)
    made = Dean(clerk)
    await made.policy()
    return made


def later(days: int) -> date:
    """Tell a day so long after today."""
    return clock.today(ZONE) + timedelta(days=days)


async def test_without_a_policy_nothing_ever_runs_out(dean: Dean) -> None:
    await dean.recognised(dean.training())
    assert await dean.night(later(40_000)) == NOTHING
    # Nor does a policy reach back to what was posted before it.
    await dean.expiry("another")
    assert await dean.night(later(40_000)) == NOTHING


async def test_a_student_is_told_in_time_and_then_what_is_unspent_runs_out_once(dean: Dean) -> None:
    await dean.expiry(months=12, notice=30)
    (made,) = await dean.recognised(dean.training())
    assert await dean.night(later(300)) == NOTHING
    assert await dean.night(later(340)) == RunOut(told=1, expired=0, credit=0)
    assert await dean.night(later(340)) == NOTHING
    assert await dean.clerk.figures() == ("2.00", "0.00", "2.00")
    told = await dean.read(made)
    assert told["expires_on"] in (await dean.clerk.desk.get(f"/v1/outcomes/{made}:explain"))["text"]["zh-CN"]
    ends = date.fromisoformat(told["expires_on"])
    assert ends == later(370)
    assert await dean.night(ends - timedelta(days=1)) == NOTHING
    assert await dean.night(ends) == RunOut(told=0, expired=1, credit=200)
    assert await dean.night(ends) == await dean.night(ends + timedelta(days=9)) == NOTHING
    assert await dean.clerk.figures() == ("0.00", "0.00", "0.00")
    found = await dean.read(made)
    assert (found["credit"], found["expired"], found["state"]) == ("2.00", "2.00", "recognised")
    kinds = [it["kind"] for it in (await dean.clerk.desk.get("/v1/me/messages", who="student"))["items"]]
    assert (kinds.count("credits.expiring"), kinds.count("credits.expired")) == (1, 1)
    await dean.clerk.desk.summary()


async def test_nights_that_were_missed_are_caught_up_on_but_nobody_loses_untold(dean: Dean) -> None:
    await dean.expiry(months=1, notice=10)
    (made,) = await dean.recognised(dean.training())
    assert await dean.night(later(400)) == RunOut(told=1, expired=0, credit=0)
    assert (await dean.read(made))["expires_on"] == str(later(410))
    assert await dean.night(later(500)) == RunOut(told=0, expired=1, credit=200)


async def test_the_version_in_force_when_credits_were_posted_counts(
    dean: Dean, monkeypatch: pytest.MonkeyPatch
) -> None:
    await dean.expiry(months=24, notice=0)
    await dean.recognised(dean.training())
    set_clock(monkeypatch, clock.now() + timedelta(days=1))
    await dean.expiry(months=1, notice=0)
    await dean.recognised(dean.training(number="2"))
    assert await dean.night(later(60)) == RunOut(told=1, expired=1, credit=200)
    assert await dean.night(later(800)) == RunOut(told=1, expired=1, credit=200)


async def test_a_frozen_account_gives_nothing_not_even_this(dean: Dean) -> None:
    await dean.expiry(months=1, notice=0)
    await dean.recognised(dean.training())
    account = await dean.clerk.desk.account()
    await dean.clerk.post("registrar", f"credit-accounts/{account['id']}:freeze", reason="休学")
    assert await dean.night(later(60)) == NOTHING
    await dean.clerk.post("registrar", f"credit-accounts/{account['id']}:unfreeze", reason="复学")
    assert (await dean.night(later(60))).expired == 1


async def spend_a_part(dean: Dean) -> None:
    """Let a certificate's credits be used in part, and the rest run out."""
    await dean.expiry("certificate", months=1, notice=0)
    await dean.clerk.earn(0, lines=(200, 100))
    await dean.clerk.policy("registrar", effective_from=str(later(0)))
    (held,) = await dean.clerk.request(await dean.clerk.wish(0, 0))
    assert await dean.night(later(60)) == RunOut(told=1, expired=1, credit=100)
    assert await dean.clerk.figures() == ("2.00", "2.00", "0.00")
    assert (await dean.clerk.refusal(await dean.clerk.wish(0, 1)))[0] == "outcome_credits_used"
    # What comes back after its day runs out the next night.
    await dean.clerk.decide("refuse", held, who="registrar", reason="-")
    assert await dean.night(later(61)) == RunOut(told=0, expired=1, credit=200)
    assert await dean.clerk.figures() == ("0.00", "0.00", "0.00")


async def test_only_what_is_neither_used_nor_held_runs_out(dean: Dean, service: Service) -> None:
    await spend_a_part(dean)
    # A certificate that is lost later takes its whole deposit back: what ran out comes back first.
    await dean.clerk.lose(0)
    kinds = [it["kind"] for it in await dean.clerk.desk.entries()]
    assert kinds[-3:] == ["restore", "restore", "revoke"]
    assert await dean.clerk.figures() == ("0.00", "0.00", "0.00")
    account = await dean.clerk.desk.account()
    statement = await dean.clerk.desk.get(f"/v1/credit-accounts/{account['id']}/statement", page_size=100)
    assert any("到期失效" in entry["says"]["zh-CN"] for entry in statement["entries"])
    async with service.database.transaction(institution_id=dean.clerk.institution_id) as session:
        assert (await oversight.verify_book(session, dean.clerk.institution_id)).findings == []


async def test_an_outcome_that_is_taken_back_gives_back_what_ran_out(dean: Dean) -> None:
    await dean.expiry(months=1, notice=0)
    (made,) = await dean.recognised(dean.training())
    await dean.night(later(60))
    assert (await dean.settle(made, is_kept=False)).status_code == 201
    assert [it["kind"] for it in await dean.clerk.desk.entries()] == [
        "recognise", "expire", "restore", "reverse_outcome",
    ]  # fmt: skip
    assert (await dean.read(made))["expired"] == "0.00"
    assert await dean.night(later(90)) == NOTHING


@pytest.mark.parametrize(
    ("rule", "said", "spoilt"),
    [
        ("STAGE_EXPIRING", "- outcome.used_hundredths - outcome.expired_hundredths AS free", "AS free"),
        ("STAGE_EXPIRING", "notice.expires_on <= CAST(:today AS date)", "notice.expires_on > CAST(:today AS date)"),
        ("NOTICES", "due.ends_on - CAST(term.notice_days AS int) <=", "due.ends_on + 5000 <="),
        ("EXPIRY_TRANSFERS", "ORDER BY", "LIMIT 0 --"),
    ],
)
async def test_a_spoilt_expiry_is_found_out(
    dean: Dean, monkeypatch: pytest.MonkeyPatch, rule: str, said: str, spoilt: str
) -> None:
    whole: str = getattr(rules, rule)
    assert said in whole
    monkeypatch.setattr(rules, rule, whole.replace(said, spoilt))
    with pytest.raises(Exception):  # noqa: B017, PT011 - an assertion, or the book or a CHECK refuses it first
        await spend_a_part(dean)


async def test_the_civil_day_counts_not_the_one_of_greenwich(dean: Dean, monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, datetime(2027, 3, 1, 16, 30, tzinfo=UTC))
    await dean.policy(effective_from="2027-03-02")
    await dean.expiry(months=1, notice=0)
    (made,) = await dean.recognised(dean.training())
    assert (await dean.read(made))["recognised_on"] == "2027-03-02"
    assert await dean.night(date(2027, 4, 1)) == NOTHING
    assert (await dean.night(date(2027, 4, 2))).credit == 200
