"""The evaluation organisations' door."""

from fastapi import Depends

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.partners.routes import clients, events, feedback, result_files, results, webhooks

door = AreaRouter(prefix="/partner", tags=["partners"])
# Of the two that take batches the one for files comes first; it lets everything else pass.
door.include_router(result_files.router, dependencies=[Depends(results.note_use)])
door.include_router(result_files.beside)
for part in (results, events, feedback, webhooks):
    door.include_router(part.router)
router = AreaRouter()
router.include_router(door)
router.include_router(clients.router)

__all__ = ["router"]
