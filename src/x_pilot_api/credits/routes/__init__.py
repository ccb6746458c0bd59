"""Credit accounts, conversions, the simulation of rules, and explanations."""

from fastapi import APIRouter

from x_pilot_api.credits.routes import accounts, chains, conversions, explanations, simulations

router = APIRouter(tags=["credits"])
for part in (accounts, conversions, chains, explanations, simulations):
    router.include_router(part.router)

__all__ = ["router"]
