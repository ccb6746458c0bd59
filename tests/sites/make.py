"""Sites to test with, offered and decided through the API."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from tests.certificates.make import TODAY, Json
from tests.certificates.make import Office as Certificates

SITES = "/v1/assessment-sites"
LAST = TODAY + timedelta(days=700)


class Office(Certificates):
    """A place where colleges offer sites and an organisation decides."""

    def level_id(self, level: str = "2", *, organisation: int = 0) -> str:
        """Name a level of an organisation."""
        return str(self.world.organisations[organisation].levels[level])

    def room(self, code: str = "A101", **changes: Any) -> Json:  # noqa: ANN401
        """Write a computer room of forty seats."""
        return {"code": code, "name": "机房", "kind": "computer", "seats": 40, "computers": 42} | changes

    def application(self, level: str = "2", **changes: Any) -> Json:  # noqa: ANN401
        """Write an application for a level."""
        return {
            "certificate_level_id": self.level_id(level),
            "capacity": 40,
            "valid_from": str(TODAY),
            "valid_to": str(LAST),
        } | changes

    def site(self, *, college: int = 0, school: int = 0, **changes: Any) -> Json:  # noqa: ANN401
        """Write a site of a college with one room, for the second level."""
        return {
            "organisation_id": str(self.world.organisations[0].id),
            "college_id": str(self.world.schools[school].colleges[college]),
            "code": uuid4().hex[:8],
            "name": "实训楼考点",
            "address": "淮安市枚乘东路8号",
            "is_shared": False,
            "rooms": [self.room()],
            "levels": [self.application()],
        } | changes

    async def offer(self, *, who: str = "coordinator", **wish: Any) -> str:  # noqa: ANN401
        """Offer a site, and give its path."""
        return f"{SITES}/{(await self.post(who, SITES, self.site(**wish), status=201))['id']}"

    async def approved(self, *, who: str = "coordinator", **wish: Any) -> str:  # noqa: ANN401
        """Offer a site and approve its second level, and give its path."""
        path = await self.offer(who=who, **wish)
        await self.post("org_staff", f"{self.at(path)}:approve", {})
        return path

    def at(self, path: str, level: str = "2") -> str:
        """Name the path of a site's level."""
        return f"{path}/levels/{self.level_id(level)}"
