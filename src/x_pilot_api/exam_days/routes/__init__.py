"""The day of an exam: seats, papers, checking in, incidents."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.exam_days.routes import check_ins, incidents, papers, seating, sittings

router = AreaRouter()
for part in (sittings, seating, papers, check_ins, incidents):
    router.include_router(part.router)

__all__ = ["router"]
