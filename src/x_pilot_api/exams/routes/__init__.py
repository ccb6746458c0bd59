"""Exam plans, their sittings and tasks, and the registrations for them."""

from fastapi import APIRouter

from x_pilot_api.exams.routes import plans, registrations, sittings, tasklist

router = APIRouter(tags=["exams"])
for part in (plans, sittings, tasklist, registrations):
    router.include_router(part.router)

__all__ = ["router"]
