"""The evaluation organisations' door."""

from fastapi import APIRouter, Depends

from x_pilot_api.partners.routes import events, feedback, result_files, results, webhooks

router = APIRouter(prefix="/partner", tags=["partners"])
# Of the two that take batches the one for files comes first; it lets everything else pass.
router.include_router(result_files.router, dependencies=[Depends(results.note_use)])
router.include_router(result_files.beside)
for part in (results, events, feedback, webhooks):
    router.include_router(part.router)

__all__ = ["router"]
