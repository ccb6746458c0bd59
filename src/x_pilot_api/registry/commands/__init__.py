"""The deeds on the register."""

from x_pilot_api.registry.commands.revealing import reveal_number

__all__ = ["reveal_number"]
