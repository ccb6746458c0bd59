"""The audit for auditors, and the logs' proofs for everybody."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.oversight.routes import audit, logs

router = AreaRouter()
router.gather(audit.router, logs.router)

__all__ = ["router"]
