"""The pages of the register."""

from fastapi import APIRouter

from x_pilot_api.registry.routes import programmes

router = APIRouter()
for part in (programmes,):
    router.include_router(part.router)

__all__ = ["router"]
