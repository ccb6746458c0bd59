"""Credit accounts, the simulation of rules, and explanations."""

from fastapi import APIRouter

from x_pilot_api.credits.routes import accounts, catching_up, explanations, lives, simulations, statements

router = APIRouter(tags=["credits"])
for part in (accounts, lives, statements, catching_up, explanations, simulations):
    router.include_router(part.router)

__all__ = ["router"]
