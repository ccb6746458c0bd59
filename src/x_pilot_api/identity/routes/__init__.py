"""Signing in, who one is, and the evaluation organisations."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.identity.routes import clients, organisations, people, proofs, sessions, tokens

router = AreaRouter()
for part in (tokens, sessions, proofs, organisations, people, clients):
    router.include_router(part.router)

__all__ = ["router"]
