"""Where sums come from: what each source adds to which measures, fact by fact, and what comes of it in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass

PLACE = "measure, unit_id, stream_id, subject_id, period_on"
"""What a sum is kept by."""

EVERY = "true"


@dataclass(frozen=True)
class Source:
    """One kind of facts, and what each of them adds.

    `facts` is a query of measure, unit_id, stream_id, subject_id, period_on and amount over rows of an institution,
    bound as `:institution_id`; the rows are called `fact`, and `{rows}` stands where a condition chooses some of them.
    `owner` is whose a fact is, in the same query: when an owner moves, their facts move along.
    """

    name: str
    facts: str
    owner: str

    def among(self, rows: str) -> str:
        """Write the query over the facts that a condition chooses."""
        return self.facts.format(rows=rows)

    def owned(self) -> str:
        """Write the query over the facts of some owners, bound as `:owner_ids`."""
        return self.among(f"{self.owner} = ANY(CAST(:owner_ids AS uuid[]))")


_KNOWN: dict[str, Source] = {}


def know(*sources: Source) -> None:
    """Take in the sources of an area; each name once."""
    for source in sources:
        if _KNOWN.setdefault(source.name, source) is not source:
            raise ValueError(f"two sources of sums have the name {source.name}")


def known() -> list[Source]:
    """List every source there is, by name."""
    return [_KNOWN[name] for name in sorted(_KNOWN)]


def written(facts: str, *, sign: str = ":sign") -> str:
    """Write the statement that keeps what some facts add, one row a measure and place."""
    return f"""
INSERT INTO tally_deltas (institution_id, {PLACE}, amount)
SELECT :institution_id, {PLACE}, {sign} * sum(amount) FROM ({facts}) AS added
GROUP BY {PLACE} HAVING sum(amount) <> 0
"""


def together(queries: Sequence[str]) -> str:
    """Put queries of facts together."""
    return " UNION ALL ".join(f"({query})" for query in queries)


KEPT = f"""
SELECT {PLACE}, amount FROM tallies WHERE institution_id = :institution_id
UNION ALL SELECT {PLACE}, amount FROM tally_deltas WHERE institution_id = :institution_id
"""
"""What is folded and what is not yet: asked in one statement, it is exact at that moment."""


def differences(sources: Sequence[Source]) -> str:
    """Write the query of the places at which what is kept is not what the facts come to.

    It is one statement, so it holds beside deeds at work: of each it sees facts and sums, or neither.
    """
    facts = together([source.among(EVERY) for source in sources])
    return f"""
SELECT {PLACE}, sum(counted)::bigint AS counted, sum(kept)::bigint AS kept FROM (
    SELECT {PLACE}, amount AS counted, 0 AS kept FROM ({facts}) AS fact
    UNION ALL SELECT {PLACE}, 0, amount FROM ({KEPT}) AS sums
) AS compared GROUP BY {PLACE} HAVING sum(counted) <> sum(kept)
"""


FOLD = f"""
WITH taken AS (
    DELETE FROM tally_deltas WHERE institution_id = :institution_id AND id IN (
        SELECT id FROM tally_deltas WHERE institution_id = :institution_id
        ORDER BY id LIMIT :size)
    RETURNING {PLACE}, amount
), folded AS (
    INSERT INTO tallies (institution_id, {PLACE}, amount)
    SELECT :institution_id, {PLACE}, sum(amount) FROM taken GROUP BY {PLACE} ORDER BY {PLACE}
    ON CONFLICT (institution_id, {PLACE}) DO UPDATE SET amount = tallies.amount + excluded.amount)
SELECT count(*) FROM taken
"""
