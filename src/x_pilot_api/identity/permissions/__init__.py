"""Who may do what: every permission and partner scope, and the one table of roles against them."""

from x_pilot_api.identity.permissions.bundles import WHILE_OWING
from x_pilot_api.identity.permissions.names import Permission
from x_pilot_api.identity.permissions.roles import PERMISSIONS, SCOPES

__all__ = ["PERMISSIONS", "SCOPES", "WHILE_OWING", "Permission"]
