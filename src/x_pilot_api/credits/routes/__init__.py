"""Credit accounts, conversions, the simulation of rules, and explanations."""

from fastapi import APIRouter

from x_pilot_api.credits.routes import (
    accounts,
    catching_up,
    chains,
    conversions,
    explanations,
    lives,
    simulations,
    statements,
)

router = APIRouter(tags=["credits"])
for part in (accounts, conversions, chains, explanations, simulations, lives, statements, catching_up):
    router.include_router(part.router)

__all__ = ["router"]
