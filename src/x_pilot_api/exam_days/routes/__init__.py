"""The day of an exam: seats, papers, checking in, incidents."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.exam_days.routes import check_ins, incidents, papers, seating, sittings

router = AreaRouter()
router.gather(sittings.router, seating.router, papers.router, check_ins.router, incidents.router)

__all__ = ["router"]
