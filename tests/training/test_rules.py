"""Pure decisions about places, shares and means."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from x_pilot_api.training import rules
from x_pilot_api.training.models import EnrolmentState

NUMBERS = st.integers(0, 10_000)


@given(wishes=st.integers(0, 200), places=st.integers(1, 200), taken=NUMBERS)
def test_places_go_to_the_first_and_are_never_more_than_are_left(wishes: int, places: int, taken: int) -> None:
    taken = min(taken, places)
    states = rules.states_in_line(wishes, places=places, taken=taken)
    placed = states.count(EnrolmentState.ENROLLED)
    assert len(states) == wishes
    assert placed == min(wishes, places - taken)
    assert all(state == EnrolmentState.ENROLLED for state in states[:placed])


@given(part=NUMBERS, whole=NUMBERS)
def test_a_share_is_the_nearest_hundredth_and_of_nothing_there_is_none(part: int, whole: int) -> None:
    share = rules.percent(part, whole)
    if whole == 0:
        assert share is None
    else:
        assert share is not None
        assert abs(share - Fraction(part * 10_000, whole)) <= Fraction(1, 2)


@given(total=NUMBERS, number=NUMBERS)
def test_a_mean_is_the_nearest_hundredth_and_of_nothing_there_is_none(total: int, number: int) -> None:
    mean = rules.mean(total, number)
    if number == 0:
        assert mean is None
    else:
        assert mean is not None
        assert abs(mean - Fraction(total * 100, number)) <= Fraction(1, 2)
