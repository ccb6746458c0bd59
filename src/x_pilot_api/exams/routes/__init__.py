"""Exam plans, their sittings and tasks, and the registrations for them."""

from fastapi import APIRouter

from x_pilot_api.exams.routes import (
    award_results,
    corrections,
    objections,
    plans,
    quarantine,
    registration_deeds,
    registrations,
    sittings,
    tasklist,
    uploads,
    visibility,
)

router = APIRouter(tags=["exams"])
for part in (
    plans,
    sittings,
    tasklist,
    registrations,
    registration_deeds,
    quarantine,
    uploads,
    visibility,
    objections,
    award_results,
    corrections,
):
    router.include_router(part.router)

__all__ = ["router"]
