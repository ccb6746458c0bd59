"""Social service: its classes, and the workload of who teaches them."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.social_training.routes import classes, participants, workload

router = AreaRouter(tags=["social service"])
for part in (classes, participants, workload):
    router.include_router(part.router)
