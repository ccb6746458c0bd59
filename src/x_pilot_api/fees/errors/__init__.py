"""Refusals about ceilings, cost sheets and fee standards."""

from x_pilot_api.fees.errors.ceilings import CeilingEndsEarlier, CeilingExceeded, CeilingMissing, CeilingOverlaps
from x_pilot_api.fees.errors.cost_sheets import (
    CostChangeLimitKnown,
    CostSheetBreaches,
    CostSheetEmpty,
    CostSheetOpen,
    CostSheetSecondPersonNeeded,
)
from x_pilot_api.fees.errors.files import (
    CATEGORY_WITHOUT_LEVEL,
    IN_KIND_NOT_OWN,
    OVERLAPS_CEILING,
    OVERLAPS_ROW,
    PERIOD_EMPTY,
    FeeFileRefused,
)
from x_pilot_api.fees.errors.lint import (
    BORNE_BY_STUDENTS,
    COST_ABOVE_CEILING,
    COST_CHANGED_MUCH,
    NO_CEILING,
    PRINTING_COST_NOT_ZERO,
    QUESTION_BANK_SPREAD_THIN,
    RESOURCES_PAID_FOR,
    SETTING_COST_NOT_ZERO,
)
from x_pilot_api.fees.errors.standards import (
    CostSheetUnfit,
    FeeBeginsInThePast,
    FeeNeedsTheOtherSide,
    FeeSecondPersonNeeded,
    FeeStandardOverlaps,
    FeeSuccessorEndsEarlier,
)

__all__ = [
    "BORNE_BY_STUDENTS",
    "CATEGORY_WITHOUT_LEVEL",
    "COST_ABOVE_CEILING",
    "COST_CHANGED_MUCH",
    "IN_KIND_NOT_OWN",
    "NO_CEILING",
    "OVERLAPS_CEILING",
    "OVERLAPS_ROW",
    "PERIOD_EMPTY",
    "PRINTING_COST_NOT_ZERO",
    "QUESTION_BANK_SPREAD_THIN",
    "RESOURCES_PAID_FOR",
    "SETTING_COST_NOT_ZERO",
    "CeilingEndsEarlier",
    "CeilingExceeded",
    "CeilingMissing",
    "CeilingOverlaps",
    "CostChangeLimitKnown",
    "CostSheetBreaches",
    "CostSheetEmpty",
    "CostSheetOpen",
    "CostSheetSecondPersonNeeded",
    "CostSheetUnfit",
    "FeeBeginsInThePast",
    "FeeFileRefused",
    "FeeNeedsTheOtherSide",
    "FeeSecondPersonNeeded",
    "FeeStandardOverlaps",
    "FeeSuccessorEndsEarlier",
]
