"""Folding changes nothing but where a sum is kept; what is wrong is found, told and mended."""

import pytest
from sqlalchemy import text

from tests.tallies.sums import Sums
from x_pilot_api.core.service import Service
from x_pilot_api.tallies import rules, tasks

_COUNT = text("SELECT (SELECT count(*) FROM tally_deltas) AS deltas, (SELECT count(*) FROM tallies) AS sums")


async def _sizes(sums: Sums) -> tuple[int, int]:
    async with sums.service.database.transaction(read_only=True) as session:
        row = (await session.execute(_COUNT)).one()
    return row.deltas, row.sums


async def test_folding_moves_everything_and_changes_nothing(sums: Sums) -> None:
    plan = await sums.plan()
    await sums.push(plan, *(sums.row(plan, index) for index in range(4)))
    before = await sums.read()
    deltas, _ = await _sizes(sums)
    assert await sums.fold() == deltas > 0
    assert await sums.read() == before
    folded = await _sizes(sums)
    assert folded[0] == 0
    assert await sums.fold() == 0
    await sums.push(plan, *(sums.row(plan, index) for index in range(4, 10)))
    assert (await sums.read())["results_passed"] == 10
    await sums.fold()
    # What belongs to a place that has a sum goes into it.
    assert await _sizes(sums) == folded
    assert (await sums.read())["results_passed"] == 10


async def test_the_worker_folds_every_institution(sums: Sums, service: Service) -> None:
    await tasks.fold_tallies(service, None)  # type: ignore[arg-type]
    assert (await _sizes(sums))[0] == 0
    assert await sums.read() == {"students_enrolled": 10}


async def test_a_sum_that_was_changed_is_found_told_and_mended(sums: Sums) -> None:
    await sums.fold()
    async with sums.service.database.transaction(institution_id=sums.school) as session:
        await session.execute(text("UPDATE tallies SET amount = amount + 7 WHERE measure = 'students_enrolled'"))
    (finding,) = await sums.findings()
    assert (finding.measure, finding.counted, finding.kept) == ("students_enrolled", 10, 17)
    assert f"students_enrolled is kept as 17 and counted as 10 at stream_id {finding.stream_id}" in str(finding)
    assert await sums.rebuild() == 1
    assert await sums.rebuild() == 0
    assert await sums.read() == {"students_enrolled": 10}


async def test_a_sum_of_nothing_is_found(sums: Sums) -> None:
    await sums.fold()
    async with sums.service.database.transaction(institution_id=sums.school) as session:
        await session.execute(text("INSERT INTO tally_deltas (institution_id, measure, amount) VALUES (:id, 'x', 3)"),
                              {"id": sums.school})  # fmt: skip
    (finding,) = await sums.findings()
    assert (finding.measure, finding.counted, finding.kept) == ("x", 0, 3)


def test_two_sources_of_one_name_are_refused() -> None:
    known = rules.known()[0]
    rules.know(known)
    with pytest.raises(ValueError, match="two sources of sums"):
        rules.know(rules.Source(known.name, known.facts, known.owner))
