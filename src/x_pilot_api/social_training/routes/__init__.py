"""Social service: its classes, and the workload of who teaches them."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.social_training.routes import classes, participants, workload

router = AreaRouter()
router.gather(classes.router, participants.router, workload.router)
