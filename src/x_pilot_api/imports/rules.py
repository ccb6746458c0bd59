"""By whom imports are made, what may be done to one, and what its codes say."""

from collections.abc import Mapping
from typing import Any

from x_pilot_api.core import errors
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import Forbidden
from x_pilot_api.core.languages import Language
from x_pilot_api.core.tables import notes
from x_pilot_api.core.tables.kinds import Kind
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.identity.models import Role
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.imports.errors import ChangeThresholdExceeded, FullFileBlocked, NothingToImport
from x_pilot_api.imports.models import ImportMode, ImportState

WORKFLOW = Workflow(
    name="import",
    initial=ImportState.UPLOADED,
    deeds={
        "preview": Deed(frozenset({ImportState.UPLOADED}), ImportState.PREVIEWED, Permission.IMPORTS_UPLOAD),
        "refuse": Deed(frozenset({ImportState.UPLOADED}), ImportState.REFUSED, Permission.IMPORTS_UPLOAD),
        "confirm": Deed(frozenset({ImportState.PREVIEWED}), ImportState.CONFIRMED, Permission.IMPORTS_CONFIRM),
        "apply": Deed(frozenset({ImportState.CONFIRMED}), ImportState.APPLIED, Permission.IMPORTS_CONFIRM),
        "give_up": Deed(frozenset({ImportState.CONFIRMED}), ImportState.OUTDATED, Permission.IMPORTS_CONFIRM),
        "undo": Deed(frozenset({ImportState.APPLIED}), ImportState.UNDONE, Permission.IMPORTS_UNDO),
        "forget": Deed(
            frozenset({ImportState.UPLOADED, ImportState.PREVIEWED, ImportState.CONFIRMED}),
            ImportState.FORGOTTEN,
            Permission.IMPORTS_UPLOAD,
        ),
    },
)

_BY_PEOPLE = ("confirm", "undo")


def allowed_deeds(actor: Actor, *, state: str, undoable: bool) -> list[str]:
    """List what a person may do next; the other deeds are the worker's."""
    found = [deed for deed in WORKFLOW.allowed_deeds(actor, state=state) if deed in _BY_PEOPLE]
    return [deed for deed in found if deed != "undo" or undoable]


def bounds_of(actor: Actor) -> dict[str, list[str]] | None:
    """Tell what an importer acts for: None for the whole institution, otherwise colleges and programmes."""
    if Role.REGISTRAR in actor.roles:
        return None
    return {
        "colleges": sorted(str(college) for college in actor.college_ids),
        "programmes": sorted(str(programme) for programme in actor.programme_ids),
    }


def check_upload(actor: Actor, kind: Kind) -> None:
    """Refuse a kind the actor does not import."""
    if kind.office_only and bounds_of(actor) is not None:
        raise Forbidden(permission=f"{Permission.IMPORTS_UPLOAD} ({Role.REGISTRAR})")


def check_preview(mode: str, counts: Mapping[str, Any], *, percent: int) -> None:
    """Refuse to apply a preview that does nothing, or a full one that is incomplete or changes too much."""
    created, changed, removed, blocked = (counts[name] for name in ("created", "changed", "removed", "blocked"))
    if mode == ImportMode.FULL:
        if blocked:
            raise FullFileBlocked(blocked=blocked)
        existing = counts["existing"]
        if (changed + removed) * 100 > percent * existing:
            raise ChangeThresholdExceeded(changed=changed, removed=removed, existing=existing, percent=percent)
    if not created + changed + removed:
        raise NothingToImport(unchanged=counts["unchanged"], blocked=blocked)


def explain(code: str, figures: Mapping[str, Any], *, language: Language) -> str:
    """Say in the reader's language what a row's code means, with its figures."""
    item = notes.CODES.get(code) or errors.ITEM_CODES[code]
    return item.detail.said_in(language).format_map(figures)
