"""The lines of a page that shows a certificate: what is not told has no line."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from x_pilot_api.core.languages import Both, Language
from x_pilot_api.core.quantities import format_hundredths
from x_pilot_api.public.routes import wording
from x_pilot_api.public.schemas import SharedAwardOut, VerificationOut


@dataclass(frozen=True)
class Row:
    """One line of a page."""

    name: str
    value: str
    is_code: bool = False


def moment(name: Both, instant: datetime, zone: ZoneInfo, language: Language) -> Row:
    """Write an instant as clocks show it where the exams take place."""
    local = instant.astimezone(zone)
    offset = local.strftime("%z")
    return Row(name.said_in(language), f"{local:%Y-%m-%d %H:%M:%S} (UTC{offset[:3]}:{offset[3:5]})")


def of_verification(told: VerificationOut, language: Language, *, zone: ZoneInfo, now: datetime) -> list[Row]:
    """Write what the public is told of a certificate."""
    rows = [
        *_plain(
            language,
            (wording.HOLDER, told.holder),
            (wording.CERTIFICATE, told.certificate),
            (wording.LEVEL, _level(told.level, language)),
            (wording.NUMBER, told.number),
            (wording.REISSUED_AS, told.reissued_as),
            (wording.ORGANISATION, told.organisation),
            (wording.INSTITUTION, told.institution),
            (wording.ISSUED_ON, told.issued_on),
        ),
    ]
    if told.revoked_at is not None:
        rows.append(moment(wording.REVOKED_AT, told.revoked_at, zone, language))
    if told.as_of < now:
        rows.append(moment(wording.AS_OF, told.as_of, zone, language))
    return [
        *rows,
        moment(wording.CHECKED_AT, now, zone, language),
        Row(wording.CODE.said_in(language), told.code, is_code=True),
    ]


def of_share(told: SharedAwardOut, language: Language, *, zone: ZoneInfo) -> list[Row]:
    """Write what a holder chose to show."""
    return [
        *_plain(
            language,
            (wording.HOLDER, told.holder),
            (wording.CERTIFICATE, told.certificate),
            (wording.LEVEL, _level(told.level, language)),
            (wording.NUMBER, told.number),
            (wording.ORGANISATION, told.organisation),
            (wording.INSTITUTION, told.institution),
            (wording.ISSUED_ON, told.issued_on),
            (wording.SCORE, None if told.score is None else format_hundredths(told.score)),
            (wording.CREDIT, None if told.credit is None else format_hundredths(told.credit)),
        ),
        moment(wording.CHECKED_AT, told.as_of, zone, language),
        moment(wording.SHARED_UNTIL, told.shared_until, zone, language),
    ]


def _plain(language: Language, *lines: tuple[Both, str | date | None]) -> list[Row]:
    return [Row(name.said_in(language), str(value)) for name, value in lines if value is not None]


def _level(level: str | None, language: Language) -> str | None:
    named = wording.LEVELS.get(level or "")
    return named.said_in(language) if named else level
