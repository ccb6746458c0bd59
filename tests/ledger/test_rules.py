"""What each phase does to a balance, as a table and as a history."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from x_pilot_api.ledger.models import Phase
from x_pilot_api.ledger.rules import CREDIT, DEBIT, Effect, effects_table


@dataclass
class Balance:
    """One side's balance, changed as the book changes it."""

    posted: int = 0
    pending_in: int = 0
    held_out: int = 0

    def take(self, effect: Effect, amount: int) -> None:
        self.posted += effect.posted * amount
        self.pending_in += effect.pending_in * amount
        self.held_out += effect.held_out * amount


@pytest.mark.parametrize("phase", Phase)
def test_what_one_side_gives_the_other_gets(phase: Phase) -> None:
    assert DEBIT[phase].posted == -CREDIT[phase].posted


@pytest.mark.parametrize(("side", "part"), [(DEBIT, "held_out"), (CREDIT, "pending_in")])
def test_what_was_pending_is_over_once_posted_or_voided(side: dict[Phase, Effect], part: str) -> None:
    for end in (Phase.POST, Phase.VOID):
        assert getattr(side[Phase.PENDING], part) + getattr(side[end], part) == 0


def test_pending_and_posting_together_are_moving_at_once() -> None:
    for side in (DEBIT, CREDIT):
        assert side[Phase.PENDING].posted + side[Phase.POST].posted == side[Phase.SINGLE].posted
        assert side[Phase.PENDING].available + side[Phase.POST].available == side[Phase.SINGLE].available
        assert side[Phase.PENDING].available + side[Phase.VOID].available == 0


def test_nobody_can_use_what_is_only_pending_and_nobody_can_take_what_is_held() -> None:
    assert CREDIT[Phase.PENDING].available == 0
    assert DEBIT[Phase.PENDING].available == -1


def test_sql_decides_by_the_same_table() -> None:
    written = effects_table()
    for side, effects in (("debit", DEBIT), ("credit", CREDIT)):
        for phase, effect in effects.items():
            row = f"('{side}', '{phase}', {effect.posted}, {effect.pending_in}, {effect.held_out})"
            assert row in written


@given(st.lists(st.tuples(st.integers(1, 10**6), st.sampled_from(["single", "post", "void", "left"]))))
def test_whatever_happens_the_two_sides_add_up_to_nothing(history: list[tuple[int, str]]) -> None:
    giver, taker = Balance(), Balance()
    left = 0
    for amount, end in history:
        phases = [Phase.SINGLE] if end == "single" else [Phase.PENDING, *([] if end == "left" else [Phase(end)])]
        left += amount if end == "left" else 0
        for phase in phases:
            giver.take(DEBIT[phase], amount)
            taker.take(CREDIT[phase], amount)
    assert giver.posted + taker.posted == 0
    assert giver.held_out == taker.pending_in == left
    assert giver.pending_in == taker.held_out == 0
