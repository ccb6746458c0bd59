"""A correction reaches score and grade, or flags both; one that reaches only one of the two is found."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from tests.exams import joint, make
from tests.exams.desk import Desk
from x_pilot_api.exams.commands import joining, push
from x_pilot_api.exams.commands.joining import Joined

GOOD: dict[str, Any] = {"components": make.scores("90", "90"), "total": "90", "passed": True}
VOID: dict[str, Any] = {"grading": "voided", "components": {}, "total": None, "passed": None}
WALK: tuple[tuple[dict[str, Any], Any], ...] = (
    ({}, ("80.00", (None, "合格", True, False))),
    (make.FAILED, ("40.00", ("40.00", None, False, False))),
    (GOOD, ("90.00", ("95.00", None, True, False))),
    (VOID, (None, (None, None, False, True))),
    ({}, ("80.00", (None, "合格", True, False))),
)
"""What the organisation sends one after the other, and what score and grade have to be then, by the table laid down."""

_SCORE = text("""
SELECT CASE WHEN result.grading <> 'voided' THEN to_char(result.total_hundredths / 100.0, 'FM990.00') END
FROM results AS result WHERE result.standing = 'effective' AND result.registration_id = CAST(:registration_id AS uuid)
""")


async def both(desk: Desk) -> tuple[str, tuple[str | None, tuple[Any, ...]]]:
    """Tell how the two ends stand to one another, the score in effect, and the grade that counts."""
    (link,) = await joint.links(desk)
    (grade,) = await joint.grades(desk)
    async with desk.service.database.transaction(institution_id=desk.world.schools[0].id) as session:
        score = (await session.execute(_SCORE, {"registration_id": link["registration_id"]})).scalar_one()
    said = tuple(grade[name] for name in ("score", "grade_word", "passed", "is_void"))
    return link["standing"], (score, said)


async def walk(desk: Desk) -> None:
    """Correct a result again and again, change the grade by hand, and correct once more."""
    plan = await desk.plan()
    await joint.laid_down(desk, plan)
    for revision, (change, then) in enumerate(WALK, start=1):
        await desk.push(plan, desk.row(plan, revision=revision, **change))
        assert await both(desk) == ("in_step", then)
    (grade,) = await joint.grades(desk)
    await joint.correct_by_hand(desk, grade["id"])
    by_hand = ("88.00", None, True, False)
    assert await both(desk) == ("grade_changed", ("80.00", by_hand))
    await desk.push(plan, desk.row(plan, revision=len(WALK) + 1, **make.FAILED))
    assert await both(desk) == ("both_changed", ("40.00", by_hand))


async def test_a_correction_reaches_both_or_flags_both(desk: Desk) -> None:
    await walk(desk)


async def _nothing(*_: object, **__: object) -> Joined:
    return Joined()


def _forget_the_grade(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(push.joining, "follow_results", _nothing)


def _enter_and_never_revise(patch: pytest.MonkeyPatch) -> None:
    entered = joining._GRADES  # pyright: ignore[reportPrivateUsage]
    patch.setattr(joining, "_GRADES", entered.replace("'enter', 'revise', 'void'", "'enter'"))


def _leave_a_void_results_grade(patch: pytest.MonkeyPatch) -> None:
    entered = joining._GRADES  # pyright: ignore[reportPrivateUsage]
    patch.setattr(joining, "_GRADES", entered.replace("'enter', 'revise', 'void'", "'enter', 'revise'"))


def _tie_the_grade_to_the_old_result(patch: pytest.MonkeyPatch) -> None:
    tied = str(joining._LINK)  # pyright: ignore[reportPrivateUsage]
    patch.setattr(joining, "_LINK", text(tied.replace("SET result_id = excluded.result_id,", "SET")))


def _write_over_what_was_changed_by_hand(patch: pytest.MonkeyPatch) -> None:
    staged = joining._STAGE  # pyright: ignore[reportPrivateUsage]
    patch.setattr(joining, "_STAGE", staged.replace("WHEN is_by_hand THEN 'flag' ", ""))


MUTANTS = (
    _forget_the_grade,
    _enter_and_never_revise,
    _leave_a_void_results_grade,
    _tie_the_grade_to_the_old_result,
    _write_over_what_was_changed_by_hand,
)


@pytest.mark.parametrize("mutate", MUTANTS, ids=lambda mutate: mutate.__name__)
async def test_a_correction_that_reaches_one_end_alone_is_found(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, mutate: Callable[[pytest.MonkeyPatch], None]
) -> None:
    mutate(monkeypatch)
    with pytest.raises((AssertionError, ValueError)):
        await walk(desk)
