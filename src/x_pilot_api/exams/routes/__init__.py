"""Exam plans, their sittings and tasks, and the registrations for them."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.exams.routes import (
    award_results,
    corrections,
    coverage,
    joint,
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

router = AreaRouter(tags=["exams"])
for part in (
    plans,
    sittings,
    coverage,
    tasklist,
    registrations,
    registration_deeds,
    quarantine,
    uploads,
    visibility,
    objections,
    award_results,
    corrections,
    joint,
):
    router.include_router(part.router)

__all__ = ["router"]
