"""The pages of the register."""

from fastapi import APIRouter

from x_pilot_api.registry.routes import documents, programmes

router = APIRouter()
for part in (documents, programmes):
    router.include_router(part.router)

__all__ = ["router"]
