"""Signing in, who one is, and the evaluation organisations."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.identity.routes import clients, organisations, people, proofs, sessions, tokens

router = AreaRouter()
router.gather(tokens.router, sessions.router, proofs.router, organisations.router, people.router, clients.router)

__all__ = ["router"]
