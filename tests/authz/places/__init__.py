"""Every model that an operation takes as its body, or within it: an area a file."""

from importlib import import_module
from pathlib import Path

from tests.authz.places.place import Place

__all__ = ["PLACES", "Place"]

_AREAS = sorted(file.stem for file in Path(__file__).parent.glob("*.py") if file.stem not in {"__init__", "place"})

PLACES: tuple[Place, ...] = tuple(place for area in _AREAS for place in import_module(f"{__name__}.{area}").PLACES)
