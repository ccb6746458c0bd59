"""The deeds on ceilings, cost sheets and fee standards."""

from x_pilot_api.fees.commands.ceilings import issue_fee_ceiling, issue_fee_ceilings
from x_pilot_api.fees.commands.cost_lines import load_cost_lines
from x_pilot_api.fees.commands.cost_sheets import (
    accept_cost_sheet,
    change_cost_sheet,
    draw_up_cost_sheet,
    load_cost_change_limit,
    return_cost_sheet,
    submit_cost_sheet,
)
from x_pilot_api.fees.commands.standards import (
    agree_fee_standard,
    approve_fee_standard,
    propose_fee_standard,
    publish_fee_standard,
    refuse_fee_standard,
    reject_fee_standard,
    withdraw_fee_standard,
)

__all__ = [
    "accept_cost_sheet",
    "agree_fee_standard",
    "approve_fee_standard",
    "change_cost_sheet",
    "draw_up_cost_sheet",
    "issue_fee_ceiling",
    "issue_fee_ceilings",
    "load_cost_change_limit",
    "load_cost_lines",
    "propose_fee_standard",
    "publish_fee_standard",
    "refuse_fee_standard",
    "reject_fee_standard",
    "return_cost_sheet",
    "submit_cost_sheet",
    "withdraw_fee_standard",
]
