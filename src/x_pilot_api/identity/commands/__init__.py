"""The deeds on people, their sessions and roles, and machine clients."""

from x_pilot_api.identity.commands.signing_in import sign_in_client, sign_in_person

__all__ = ["sign_in_client", "sign_in_person"]
