"""The audit for auditors, and the logs' proofs for everybody."""

from fastapi import APIRouter

from x_pilot_api.oversight.routes import audit, logs

router = APIRouter(tags=["oversight"])
for part in (audit, logs):
    router.include_router(part.router)

__all__ = ["router"]
