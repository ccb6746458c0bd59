"""The deeds on imports: sending a file, previewing, confirming, applying, undoing and forgetting it."""

from x_pilot_api.imports.commands.applying import apply_import
from x_pilot_api.imports.commands.confirming import confirm_import
from x_pilot_api.imports.commands.fetching import fetch_error_file
from x_pilot_api.imports.commands.forgetting import forget_imports
from x_pilot_api.imports.commands.previewing import find, preview_import
from x_pilot_api.imports.commands.sending import Sent, send_import
from x_pilot_api.imports.commands.undoing import ask_to_undo, undo_import

__all__ = [
    "Sent",
    "apply_import",
    "ask_to_undo",
    "confirm_import",
    "fetch_error_file",
    "find",
    "forget_imports",
    "preview_import",
    "send_import",
    "undo_import",
]
