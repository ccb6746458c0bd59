"""Telling who sent a file that it was looked through, or that it was applied."""

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.languages import Both
from x_pilot_api.core.tables.kinds import Kind
from x_pilot_api.imports.models import TableImport
from x_pilot_api.inbox import commands as inbox
from x_pilot_api.inbox import rules as messages
from x_pilot_api.inbox.rules import MessageKind

_EXAMPLE = {"kind_zh": "学生", "kind_en": "students", "created": "120", "changed": "3", "blocked": "1"}

PREVIEWED = MessageKind(
    "import.previewed",
    Both("导入待确认", "An import waits"),
    Both("{kind_zh}导入待您确认", "Your import of {kind_en} waits to be confirmed"),
    Both(
        "将新增 {created} 行、更改 {changed} 行，{blocked} 行有误；确认之前不写入任何数据。",
        "{created} rows would be new, {changed} changed, {blocked} cannot be taken; nothing is written before.",
    ),
    _EXAMPLE,
)
APPLIED = MessageKind(
    "import.applied",
    Both("导入完成", "An import is done"),
    Both("{kind_zh}导入已完成", "Your import of {kind_en} is done"),
    Both(
        "新增 {created} 行，更改 {changed} 行；{blocked} 行有误，未写入。",
        "{created} rows are new, {changed} changed; {blocked} could not be taken.",
    ),
    _EXAMPLE,
)
messages.know(PREVIEWED, APPLIED)


async def tell_sender(session: AsyncSession, kind: MessageKind, made: TableImport, of: Kind) -> None:
    """Tell who sent the file."""
    await inbox.send_to(
        session,
        kind,
        institution_id=made.institution_id,
        object_kind="import",
        object_id=made.id,
        person_ids=[made.uploaded_by],
        figures={
            "kind_zh": of.title.zh,
            "kind_en": of.title.en,
            **{name: str(made.counts.get(name, 0)) for name in ("created", "changed", "blocked")},
        },
    )
