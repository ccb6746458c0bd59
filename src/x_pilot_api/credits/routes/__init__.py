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

router = AreaRouter(tags=["credits"])
for part in (
    accounts,
    conversions,
    chains,
    outcomes,
    outcome_policies,
    explanations,
    simulations,
    lives,
    statements,
    catching_up,
):
    router.include_router(part.router)

__all__ = ["router"]
