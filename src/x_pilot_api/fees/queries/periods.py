"""Conditions on periods whose end is excluded and may be unknown."""

from datetime import date

from sqlalchemy import ColumnElement, or_

from x_pilot_api.fees.models import FeeCeiling, FeeStandard


def lasts_beyond(table: type[FeeCeiling | FeeStandard], day: date) -> ColumnElement[bool]:
    """Tell whether a period has not ended by a day."""
    return or_(table.effective_to.is_(None), table.effective_to > day)


def overlapping(
    table: type[FeeCeiling | FeeStandard], effective_from: date, effective_to: date | None
) -> list[ColumnElement[bool]]:
    """Give the conditions for sharing a day with a period."""
    conditions = [lasts_beyond(table, effective_from)]
    if effective_to is not None:
        conditions.append(table.effective_from < effective_to)
    return conditions
