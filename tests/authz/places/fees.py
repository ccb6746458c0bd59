"""The bodies of fees."""

from tests.authz.places.place import Place
from x_pilot_api.fees.schemas import (
    CostChangeLimitIn,
    CostLineIn,
    CostSheetChange,
    CostSheetIn,
    FeeCeilingIn,
    FeeReasonIn,
    FeeStandardIn,
)

PLACES = (
    Place("issue_fee_ceiling", "operator", FeeCeilingIn, "fee_ceilings"),
    Place("propose_fee_standard", "registrar", FeeStandardIn, "fee_standards"),
    Place("refuse_fee_standard", "coordinator", FeeReasonIn, "fee_standards"),
    Place("reject_fee_standard", "registrar", FeeReasonIn, "fee_standards"),
    Place("withdraw_fee_standard", "org_staff", FeeReasonIn, "fee_standards"),
    Place("draw_up_cost_sheet", "coordinator", CostSheetIn, "cost_sheets"),
    Place("draw_up_cost_sheet", "coordinator", CostLineIn, "cost_sheet_lines", within=("lines",)),
    Place("change_cost_sheet", "coordinator", CostSheetChange, "cost_sheets"),
    Place("change_cost_sheet", "coordinator", CostLineIn, "cost_sheet_lines", within=("lines",)),
    Place("return_cost_sheet", "registrar", FeeReasonIn, "cost_sheets"),
    Place("load_cost_change_limit", "registrar", CostChangeLimitIn, "cost_change_limits"),
)
