"""What is asked and told of fees."""

from x_pilot_api.fees.schemas.amounts import Fen
from x_pilot_api.fees.schemas.ceilings import (
    FeeCeilingIn,
    FeeCeilingIssuedOut,
    FeeCeilingOut,
    FeeCeilingsIssuedOut,
    LoadFaultOut,
    SuspendedStandardOut,
)
from x_pilot_api.fees.schemas.cost_sheets import (
    CostChangeLimitIn,
    CostChangeLimitOut,
    CostChangeOut,
    CostComparisonOut,
    CostFindingOut,
    CostLineIn,
    CostLineOut,
    CostLinesLoadedOut,
    CostSheetChange,
    CostSheetIn,
    CostSheetOut,
    CostSheetSummaryOut,
)
from x_pilot_api.fees.schemas.standards import FeeReasonIn, FeeStandardIn, FeeStandardOut

__all__ = [
    "CostChangeLimitIn",
    "CostChangeLimitOut",
    "CostChangeOut",
    "CostComparisonOut",
    "CostFindingOut",
    "CostLineIn",
    "CostLineOut",
    "CostLinesLoadedOut",
    "CostSheetChange",
    "CostSheetIn",
    "CostSheetOut",
    "CostSheetSummaryOut",
    "FeeCeilingIn",
    "FeeCeilingIssuedOut",
    "FeeCeilingOut",
    "FeeCeilingsIssuedOut",
    "FeeReasonIn",
    "FeeStandardIn",
    "FeeStandardOut",
    "Fen",
    "LoadFaultOut",
    "SuspendedStandardOut",
]
