"""Exam plans and the registrations for them."""

from fastapi import APIRouter

from x_pilot_api.exams.routes import plans, registrations

router = APIRouter(tags=["exams"])
for part in (plans, registrations):
    router.include_router(part.router)

__all__ = ["router"]
