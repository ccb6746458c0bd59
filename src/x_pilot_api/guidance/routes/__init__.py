"""Guidance and consultation: problems, publicity, trainings, outside parties, consultations, surveys."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.guidance.routes import consultations, outreach, parties, problems, surveys

router = AreaRouter(tags=["guidance"])
router.include_router(problems.router)
router.include_router(outreach.router)
router.include_router(parties.router)
router.include_router(consultations.router)
router.include_router(surveys.router)
