"""Whatever is recognised, taken back and runs out in whatever order: the sum of it is the balance."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.credits.converting import Clerk
from tests.credits.outcoming import TRAINING, ZONE, Dean
from tests.exams.desk import SYSTEM
from tests.mappings import make
from tests.sizes import sized
from x_pilot_api.core import clock
from x_pilot_api.core.db import rehearsal
from x_pilot_api.credits import commands, rules
from x_pilot_api.credits.models import SubmittedOutcome
from x_pilot_api.credits.schemas import OutcomeSettlementIn, RecognitionIn

Deed = Literal["recognise", "reverse", "night"]


@dataclass(frozen=True)
class Step:
    """One deed: recognising an outcome of so many hundredths, taking the n-th back, or a night so many days later."""

    deed: Deed
    n: int


_steps = st.lists(
    st.builds(Step, deed=st.sampled_from(["recognise", "reverse", "night"]), n=st.integers(1, 200)),
    min_size=1,
    max_size=10,
)
OUT_AND_BACK = [Step("recognise", 150), Step("night", 100), Step("reverse", 1), Step("recognise", 50)]


@dataclass
class Model:
    """The same in plain numbers: outcomes by number, each with its credits and the day it began."""

    credits: dict[int, int]
    began: dict[int, int]

    def balance(self) -> int:
        return sum(self.credits.values())


def _a_month_after(day: date) -> date:
    """Return the same day of the next month, or its last day."""
    year, month = day.year + day.month // 12, day.month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


async def live(dean: Dean, steps: list[Step]) -> None:
    """Do the steps for real and in the model, and hold the balance to the model's after each."""
    institution_id, start = dean.clerk.institution_id, clock.today(ZONE)
    model, ids, day = Model({}, {}), list[SubmittedOutcome](), 0
    async with dean.clerk.desk.service.database.transaction(institution_id=institution_id) as session:
        registrar = await make.actor_of(session, dean.clerk.desk.world, "registrar")
        async with rehearsal(session):
            for step in steps:
                if step.deed == "night":
                    day += step.n
                    await commands.expire_credits(
                        session, SYSTEM, institution_id=institution_id, today=start + timedelta(days=day),
                        timezone=ZONE, cause=uuid4(),
                    )  # fmt: skip
                    for number, began in model.began.items():
                        if start + timedelta(days=day) >= _a_month_after(start + timedelta(days=began)):
                            model.credits[number] = 0
                elif step.deed == "recognise":
                    made = SubmittedOutcome(
                        institution_id=institution_id, id=uuid4(), student_id=dean.clerk.students[0], kind=TRAINING,
                        evidence="document", document_number=uuid4().hex, issuer="-", issued_on=date(2026, 1, 1),
                        document_digest=uuid4().hex * 2, reason="-", state="verified", submitted_by=uuid4(),
                        verified_by=uuid4(),
                    )  # fmt: skip
                    session.add(made)
                    await session.flush()
                    today = start + timedelta(days=day)
                    asked = RecognitionIn.model_validate({
                        "outcomes": [{"outcome_id": made.id, "credit": f"{step.n / 100:.2f}"}],
                        "reason": "-", "document_number": "-",
                    })  # fmt: skip
                    await commands.recognise_outcomes(
                        session, registrar, institution_id=institution_id, asked=asked, today=today
                    )
                    model.credits[len(ids)], model.began[len(ids)] = step.n, day
                    ids.append(made)
                elif ids and step.n % len(ids) in model.began:
                    number = step.n % len(ids)
                    settled = OutcomeSettlementIn(
                        outcome_ids=[ids[number].id], is_kept=False, reason="-", document_number="-"
                    )
                    await commands.settle_outcomes(session, registrar, institution_id=institution_id, asked=settled)
                    model.credits[number] = 0
                    del model.began[number]
                await agree(session, model, steps)


async def agree(session: AsyncSession, model: Model, steps: list[Step]) -> None:
    """Hold the book and the outcomes to the model."""
    posted = await session.scalar(text("SELECT max(posted) FROM ledger_balances"))
    kept = await session.scalar(
        text(
            "SELECT coalesce(sum(credit_hundredths - expired_hundredths), 0) FROM submitted_outcomes"
            " WHERE state = 'recognised'"
        )
    )
    assert posted == kept == model.balance(), steps


@pytest.fixture
async def dean(clerk: Clerk) -> Dean:
    await clerk.desk.open_accounts(0)
    made = Dean(clerk)
    await made.policy()
    await made.expiry(months=1, notice=0)
    return made


@settings(
    max_examples=sized(ci=8, soak=200), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(_steps)
@example(OUT_AND_BACK)
async def test_what_is_recognised_less_what_ran_out_or_was_taken_back_is_the_balance(
    dean: Dean, steps: list[Step]
) -> None:
    await live(dean, steps)


@pytest.mark.parametrize(
    ("rule", "said", "spoilt"),
    [
        ("OUTCOME_REVERSALS", "became = 'reversed'", "false"),
        ("EXPIRY_TRANSFERS", "FROM staged_expiries", "FROM staged_expiries WHERE false"),
        ("RECOGNITIONS", "ledger_account_id, credit", "ledger_account_id, credit + 1"),
    ],
)
async def test_a_spoilt_book_of_outcomes_is_found_out(
    dean: Dean, monkeypatch: pytest.MonkeyPatch, rule: str, said: str, spoilt: str
) -> None:
    whole: str = getattr(rules, rule)
    assert said in whole
    monkeypatch.setattr(rules, rule, whole.replace(said, spoilt, 1))
    with pytest.raises(Exception):  # noqa: B017, PT011 - an assertion, or the book refuses it first
        await live(dean, OUT_AND_BACK)
