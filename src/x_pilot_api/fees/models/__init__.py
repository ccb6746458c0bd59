"""The tables of fees."""

from x_pilot_api.fees.models.ceilings import FEN_MAX, FeeCeiling
from x_pilot_api.fees.models.cost_sheets import (
    CANDIDATES_MAX,
    FIRST_YEAR,
    LAST_YEAR,
    LINES_MAX,
    PERCENT_MAX,
    QUANTITY_MAX,
    SPREAD_MAX,
    UNIT_COST_MAX,
    CostChangeLimit,
    CostElement,
    CostPayer,
    CostSheet,
    CostSheetLine,
    CostSheetState,
    InKind,
)
from x_pilot_api.fees.models.standards import FeeSide, FeeStandard, FeeStandardState

__all__ = [
    "CANDIDATES_MAX",
    "FEN_MAX",
    "FIRST_YEAR",
    "LAST_YEAR",
    "LINES_MAX",
    "PERCENT_MAX",
    "QUANTITY_MAX",
    "SPREAD_MAX",
    "UNIT_COST_MAX",
    "CostChangeLimit",
    "CostElement",
    "CostPayer",
    "CostSheet",
    "CostSheetLine",
    "CostSheetState",
    "FeeCeiling",
    "FeeSide",
    "FeeStandard",
    "FeeStandardState",
    "InKind",
]
