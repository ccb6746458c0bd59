"""What becomes of a student's guaranteed attempt, in other words than the service's: a few plain values."""

from dataclasses import dataclass, field
from uuid import UUID

COMPARED = (
    "SELECT coalesce(max(concat_ws(' ', state, (SELECT exam_plan_id FROM registrations AS registration"
    " WHERE registration.id = guarantee.registration_id), absences, events)), '')"
    " FROM guarantees AS guarantee WHERE student_id = :student_id"
)
"""What the database is asked of a student's attempt; of one student's registrations each is in a plan of its own."""

COUNTED = ("warn", "forfeit")


@dataclass
class Attempt:
    """One guaranteed attempt: nowhere before the first reservation, then free, held by a registration, or used."""

    state: str = ""
    holder: UUID | None = None
    absences: int = 0
    events: int = 0
    former: dict[UUID, str] = field(default_factory=dict[UUID, str])
    """The last deed that each plan's registration did to it."""

    def said(self) -> str:
        """Say of the attempt what the database is asked for."""
        holder = f"{self.holder} " if self.holder else ""
        return f"{self.state} {holder}{self.absences} {self.events}" if self.state else ""

    def reserve(self, plan_id: UUID) -> None:
        """Have it reserved, granted before where it was not."""
        if not self.state:
            self.state, self.events = "available", 1
        if self.state == "available":
            self._do("reserve", plan_id, "reserved", plan_id)

    def release(self, plan_id: UUID) -> None:
        """Give it back with the registration that it is reserved for."""
        if self.state == "reserved" and self.holder == plan_id:
            self._do("release", plan_id, "available", None)

    def attend(self, plan_id: UUID, activity: str) -> None:
        """Let it follow who was there, who was not, and who was excused."""
        deeds = {"present": self._present, "absent": self._absent, "excused": self._excused}
        if self.state:
            deeds[activity](plan_id)

    def restore(self, plan_id: UUID) -> None:
        """Have it back from whatever became of it through this registration."""
        if self.state:
            self._give_back(plan_id, "restore")

    def _present(self, plan_id: UUID) -> None:
        if self._uncount(plan_id):
            if self.state == "used":
                self._do("correct", plan_id, "used", self.holder)
            else:
                self._do("use", plan_id, "used", plan_id)
        elif (self.state == "available" and self.former.get(plan_id) != "restore") or (
            self.state == "reserved" and self.holder == plan_id
        ):
            self._do("use", plan_id, "used", plan_id)

    def _absent(self, plan_id: UUID) -> None:
        if self.state not in {"reserved", "used"} or self.holder != plan_id:
            return
        self.absences += 1
        if self.absences == 1:
            self._do("warn", plan_id, "available", None)
        else:
            self._do("forfeit", plan_id, "forfeited", plan_id)

    def _excused(self, plan_id: UUID) -> None:
        self._give_back(plan_id, "release" if self.holder == plan_id else "correct")

    def _give_back(self, plan_id: UUID, deed: str) -> None:
        is_held, is_forfeited = self.holder == plan_id, self.state == "forfeited"
        was_counted = self._uncount(plan_id)
        if is_held or (was_counted and is_forfeited):
            self._do(deed, plan_id, "available", None)
        elif was_counted:
            self._do(deed, plan_id, self.state, self.holder)

    def _uncount(self, plan_id: UUID) -> bool:
        """Take back the absence that a registration counted, if it did."""
        if self.former.get(plan_id) not in COUNTED:
            return False
        self.absences -= 1
        return True

    def _do(self, deed: str, plan_id: UUID, state: str, holder: UUID | None) -> None:
        self.former[plan_id], self.state, self.holder = deed, state, holder
        self.events += 1
