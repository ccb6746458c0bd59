"""Supervision: schemes, years with their ranking, the colleges' assessments, findings."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.supervision.routes import assessments, findings, schemes, years

router = AreaRouter(tags=["supervision"])
router.include_router(schemes.router)
router.include_router(years.router)
router.include_router(assessments.router)
router.include_router(findings.router)
