"""The audit for auditors, and the logs' proofs for everybody."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.oversight.routes import audit, logs

router = AreaRouter(tags=["oversight"])
for part in (audit, logs):
    router.include_router(part.router)

__all__ = ["router"]
