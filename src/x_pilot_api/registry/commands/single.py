"""One row by the same code as many: what is refused of it becomes the answer."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from x_pilot_api.core import languages
from x_pilot_api.core.errors import Busy, NotFound
from x_pilot_api.registry.commands.entering import Outcome, RowOutcome
from x_pilot_api.registry.errors import RowRefused
from x_pilot_api.registry.rules import grounds

_FIELDS: Mapping[str, str] = {
    "credit_hundredths": "credits",
    "score_hundredths": "score",
    "college_code": "college_id",
    "programme_code": "programme_id",
    "course_code": "course_id",
}
"""What the pages call a column of rows otherwise."""


def only(outcomes: Sequence[RowOutcome]) -> UUID:
    """Tell the id of the one thing that was entered, or refuse it with what its row was refused for."""
    (row,) = outcomes
    if row.outcome is not Outcome.REFUSED and row.id is not None:
        return row.id
    if row.code is None:
        raise Busy
    if row.code == "register_row_unknown":
        raise NotFound(what="row", zh="对象")
    why = grounds.explain(row.code, row.figures, language=languages.spoken())
    pointer = _FIELDS.get(row.column or "", row.column or "")
    raise RowRefused(
        faults=[{"pointer": f"/{pointer}", "code": row.code, "detail": why, "blocking": True}],
        refusal=row.code,
        why=why,
        **{name: value for name, value in row.figures.items() if name not in {"refusal", "why"}},
    )
