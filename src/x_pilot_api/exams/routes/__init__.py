"""Exam plans and the registrations for them."""

from fastapi import APIRouter

from x_pilot_api.exams.routes import objections, plans, quarantine, registrations, uploads, visibility

router = APIRouter(tags=["exams"])
for part in (plans, registrations, quarantine, uploads, visibility, objections):
    router.include_router(part.router)

__all__ = ["router"]
