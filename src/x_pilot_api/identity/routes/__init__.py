"""Signing in, who one is, the evaluation organisations and their machine clients."""

from fastapi import APIRouter

from x_pilot_api.identity.routes import clients, organisations, tokens

router = APIRouter()
for part in (tokens, organisations, clients):
    router.include_router(part.router)

__all__ = ["router"]
