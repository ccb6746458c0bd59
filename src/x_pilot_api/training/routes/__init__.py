"""The entrances to teacher training."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.training.routes import completions, cycles, enrolments, projects

router = AreaRouter()
router.gather(cycles.router, projects.router, enrolments.router, completions.router)
