"""Conversion rules between certificates and courses, and the limits of policy they live under."""

from fastapi import APIRouter

from x_pilot_api.mappings.routes import limits, mapping

router = APIRouter()
for part in (mapping, limits):
    router.include_router(part.router)

__all__ = ["router"]
