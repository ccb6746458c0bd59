"""Supervision: schemes, years with their ranking, the colleges' assessments, findings."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.supervision.routes import assessments, findings, schemes, years

router = AreaRouter()
router.gather(schemes.router, years.router, assessments.router, findings.router)
