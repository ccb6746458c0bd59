"""Guidance and consultation: problems, publicity, trainings, outside parties, consultations, surveys."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.guidance.routes import consultations, outreach, parties, problems, surveys

router = AreaRouter()
router.gather(problems.router, outreach.router, parties.router, consultations.router, surveys.router)
