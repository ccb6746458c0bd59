"""Credit accounts, conversions, the simulation of rules, and explanations."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.credits.routes import (
    accounts,
    catching_up,
    chains,
    conversions,
    explanations,
    lives,
    outcome_policies,
    outcomes,
    simulations,
    statements,
)

router = AreaRouter()
router.gather(
    accounts.router,
    conversions.router,
    chains.router,
    outcomes.router,
    outcome_policies.router,
    explanations.router,
    simulations.router,
    lives.router,
    statements.router,
    catching_up.router,
)

__all__ = ["router"]
