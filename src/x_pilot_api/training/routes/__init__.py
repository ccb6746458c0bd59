"""The entrances to teacher training."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.training.routes import completions, cycles, enrolments, projects

router = AreaRouter()
for part in (cycles, projects, enrolments, completions):
    router.include_router(part.router)
