"""Explaining, simulating and posting are one decision: in random worlds they say the same."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from tests.credits import worlds
from tests.credits.worlds import DAYS, Held, Setting
from tests.exams import conditions
from tests.exams.desk import SYSTEM, Desk
from tests.sizes import sized
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.db import rehearsal
from x_pilot_api.credits import commands, queries, rules
from x_pilot_api.credits.rules import deciding
from x_pilot_api.credits.schemas import CohortIn, SimulationIn

EXAMPLES = sized(ci=6, soak=150)
Draft = tuple[str, int, int, int]
"""A level of the first certificate, the first and the last day, and hundredths."""

_drafts = st.tuples(st.sampled_from(["1", "2"]), st.integers(0, 3), st.integers(0, 3), st.integers(1, 8)).map(
    lambda drawn: (drawn[0], min(drawn[1:3]), max(drawn[1:3]), 50 * drawn[3])
)
# Both levels are posted, and the higher one would bring nothing: the lower one must come back.
_NO_RULES = {series: (None,) * len(DAYS) for series in worlds.SERIES}
_BOTH: dict[Held, int] = {(0, 0, "1"): 0, (0, 0, "2"): 1}
COMING_BACK = Setting(
    rules={**_NO_RULES, (0, "1"): (100, 100, 100, 100), (0, "2"): (None, 300, 300, 300)},
    general_limit=None,
    level_limit=None,
    bank_limit=None,
    awards=_BOTH,
    pending=frozenset(),
    open_accounts=frozenset({0}),
    order=((0, 0, "1"), (0, 0, "2")),
)
HIGHER_FIRST = replace(COMING_BACK, order=((0, 0, "2"), (0, 0, "1")))
CUT_TO_NOTHING = Setting(
    rules={**_NO_RULES, (0, "1"): (100, 100, 100, 100)},
    general_limit=200,
    level_limit=0,
    bank_limit=150,
    awards=_BOTH,
    pending=frozenset({(0, 0, "2")}),
    open_accounts=frozenset({0}),
    order=((0, 0, "2"), (0, 0, "1")),
)


async def simulated(session: AsyncSession, desk: Desk, draft: Draft, actor: Actor) -> dict[Held, int]:
    """Simulate a draft over its days, and tell what each certificate concerned would bring."""
    school = desk.world.schools[0]
    level, first, last, credit = draft
    mapping_id = await conditions.rule(session, desk.world, level=level, credit=credit, version=9, state="draft")
    wish = SimulationIn(exam_from=DAYS[first], exam_to=DAYS[last])
    simulation = await commands.simulate_mapping(session, actor, mapping_id=mapping_id, wish=wish)
    ids = {"institution_id": school.id, "simulation_id": simulation.id}
    while not (await commands.run_slice(session, SYSTEM, **ids)).is_finished:
        pass
    rows = await queries.list_rows(session, actor, simulation, effect=None, is_refused=None, after=0, size=100)
    return {(school.students.index(row.student_id), 0, row.level): row.credit_after for row in rows}


async def explained(session: AsyncSession, desk: Desk, held: Held, actor: Actor) -> tuple[int, int]:
    """Tell what an explanation says a certificate brings and would bring, once it adds up."""
    student_id, level_id = desk.world.schools[0].students[held[0]], desk.world.organisations[held[1]].levels[held[2]]
    found = await queries.explain_certificate(
        session, actor, student_id=student_id, certificate_level_id=level_id, today=DAYS[-1]
    )
    *steps, result = [step.credit for step in found.arithmetic]
    assert result == found.credit_expected
    if found.rule is not None:
        courses = len(found.rule.courses)
        assert sum(steps[:courses]) == steps[courses] == found.rule.credit
        cut = [limit.credit for limit in found.limits if limit.cuts]
        assert result in {0, min([found.rule.credit, *cut])}
        assert all(limit.credit >= result for limit in found.limits)
    return found.credit, found.credit_expected


async def agree(desk: Desk, setting: Setting, draft: Draft) -> None:
    """Post a world, simulate a draft in it, explain it, and post the world in which the draft is in force."""
    level, first, last, credit = draft
    async with desk.service.database.transaction(institution_id=desk.world.schools[0].id) as session:
        actor = await worlds.registrar(session, desk.world)
        async with rehearsal(session):
            ids = await worlds.lay(session, desk.world, setting, actor)
            today = await worlds.posted(session, ids)
            foretold = await simulated(session, desk, draft, actor)
            assert await worlds.posted(session, ids) == today
        session.expunge_all()
        really = worlds.with_rule(setting, (0, level), range(first, last + 1), credit)
        async with rehearsal(session):
            then = await worlds.posted(session, await worlds.lay(session, desk.world, really, actor))
        session.expunge_all()
    assert (today, then) == (worlds.reckon(setting), worlds.reckon(really))
    assert foretold == {held: then[held] for held in foretold}
    # Whoever is not in the simulation is not concerned by the draft.
    assert {held: then[held] for held in today if held not in foretold} == {
        held: today[held] for held in today if held not in foretold
    }


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(worlds.settings(), _drafts)
@example(COMING_BACK, ("2", 2, 3, 50))
@example(COMING_BACK, ("2", 0, 3, 50))
@example(CUT_TO_NOTHING, ("2", 1, 1, 300))
async def test_what_is_simulated_is_what_would_be_posted(desk: Desk, setting: Setting, draft: Draft) -> None:
    await agree(desk, setting, draft)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(worlds.settings())
@example(CUT_TO_NOTHING)
async def test_what_is_explained_is_what_was_posted_and_what_will_be(desk: Desk, setting: Setting) -> None:
    school = desk.world.schools[0]
    async with desk.service.database.transaction(institution_id=desk.world.schools[0].id) as session:
        actor = await worlds.registrar(session, desk.world)
        async with rehearsal(session):
            ids = await worlds.lay(session, desk.world, setting, actor)
            now = {held: await explained(session, desk, held, actor) for held in ids}
            assert {held: credit for held, (credit, _) in now.items()} == await worlds.posted(session, ids)
            everybody = CohortIn(student_ids=school.students[:3])
            await commands.open_accounts(session, actor, institution_id=school.id, cohort=everybody)
            assert {held: expected for held, (_, expected) in now.items()} == await worlds.posted(session, ids)
        session.expunge_all()


async def foretold_under_a_new_limit(desk: Desk) -> dict[Held, int]:
    """Simulate where a limit that was loaded since leaves nothing of the level that counts today."""
    async with desk.service.database.transaction(institution_id=desk.world.schools[0].id) as session:
        actor = await worlds.registrar(session, desk.world)
        async with rehearsal(session):
            await worlds.lay(session, desk.world, COMING_BACK, actor)
            await conditions.limit(session, desk.world, level="2", credit=0)
            found = await simulated(session, desk, ("2", 1, 1, 300), actor)
        session.expunge_all()
    return found


async def test_a_simulation_that_held_on_to_todays_levels_would_be_found_out(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await foretold_under_a_new_limit(desk) == {(0, 0, "1"): 100, (0, 0, "2"): 0}
    monkeypatch.setattr(rules, "NOTHING_HELD", deciding.HELD)
    assert await foretold_under_a_new_limit(desk) == {(0, 0, "1"): 0, (0, 0, "2"): 0}


@pytest.mark.parametrize(
    ("part", "said", "spoilt", "setting"),
    [
        ("LIMITS", "found.credit_hundredths IS NOT NULL", "false", CUT_TO_NOTHING),
        ("LIMITS", "certificate_level_id NULLS LAST", "certificate_level_id NULLS FIRST", CUT_TO_NOTHING),
        ("REASON", "level < greatest", "level > greatest", HIGHER_FIRST),
        ("_DECISION", "< rule_credit THEN lowest_credit", "> rule_credit THEN lowest_credit", CUT_TO_NOTHING),
    ],
)
async def test_a_decision_that_is_spoilt_is_found_out(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, part: str, said: str, spoilt: str, setting: Setting
) -> None:
    whole: str = getattr(deciding, part)
    assert said in whole
    monkeypatch.setattr(deciding, part, whole.replace(said, spoilt))
    with pytest.raises((AssertionError, IntegrityError)):
        await agree(desk, setting, ("2", 1, 1, 300))
