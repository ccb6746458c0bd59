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

router = AreaRouter()
router.gather(
    plans.router,
    sittings.router,
    coverage.router,
    tasklist.router,
    registrations.router,
    registration_deeds.router,
    quarantine.router,
    uploads.router,
    visibility.router,
    objections.router,
    award_results.router,
    corrections.router,
    joint.router,
)

__all__ = ["router"]
