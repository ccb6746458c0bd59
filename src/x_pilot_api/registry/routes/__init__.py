"""The pages of the register."""

from fastapi import APIRouter

from x_pilot_api.registry.routes import courses, documents, grades, people, programmes

router = APIRouter()
for part in (programmes, courses, people, documents, grades):
    router.include_router(part.router)

__all__ = ["router"]
