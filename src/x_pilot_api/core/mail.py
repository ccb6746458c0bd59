"""Sending mail, and text messages: what the service calls, and the one real adapter, which speaks SMTP.

Nothing here is called within a transaction, and nothing here is logged: an address is personal data.
"""

import asyncio
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

import aiosmtplib

from x_pilot_api.core import clock

WHOLE_SECONDS_MAX = 60.0
_SECONDS_MAX = 15.0
_FOR_GOOD = range(500, 600)


class MailSecurity(StrEnum):
    """How the connection to the mail server is kept private; `none` is for a server on this machine."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class Fate(StrEnum):
    """What became of a letter: taken, to be tried later, or refused for good because of its address or itself."""

    TAKEN = "taken"
    LATER = "later"
    ADDRESS_REFUSED = "address_refused"
    LETTER_REFUSED = "letter_refused"


@dataclass(frozen=True)
class Letter:
    """One mail; its reference stays the same over all tries, so that a receiver can tell a repetition."""

    reference: UUID
    recipient: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)


@dataclass(frozen=True)
class Sent:
    """What became of a letter, with the server's status or, where there was none, why in one word."""

    fate: Fate
    status: int | None = None
    error: str | None = None


class Mailer(Protocol):
    """What sends letters, each with an answer of its own."""

    async def send(self, letters: Sequence[Letter]) -> list[Sent]:
        """Send letters one after the other; whatever happens to one says nothing of the others."""
        ...


class SmsGateway(Protocol):
    """What sends text messages; an operator's own adapter, since each gateway speaks its own way."""

    async def send(self, number: str, said: str) -> Sent:
        """Send one text message."""
        ...


@dataclass(frozen=True)
class SmtpMailer:
    """The real adapter: one connection for some letters, private and signed in as the settings say."""

    host: str
    port: int
    sender: str
    security: MailSecurity = MailSecurity.STARTTLS
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    trust: ssl.SSLContext | None = None

    async def send(self, letters: Sequence[Letter]) -> list[Sent]:
        """Send letters over one connection; those it could not take, and those after a break, are for later."""
        sent: list[Sent] = []
        try:
            async with asyncio.timeout(WHOLE_SECONDS_MAX), self._connection() as connection:
                for letter in letters:
                    sent.append(await self._send(connection, letter))  # noqa: PERF401 - what went before a break counts
        except TimeoutError:
            broken = Sent(Fate.LATER, error="timeout")
        except aiosmtplib.SMTPAuthenticationError as error:
            broken = Sent(Fate.LATER, status=error.code, error="sign_in")
        except aiosmtplib.SMTPResponseException as error:
            broken = Sent(Fate.LATER, status=error.code, error="server")
        except ssl.SSLError:
            broken = Sent(Fate.LATER, error="tls")
        except (aiosmtplib.SMTPException, OSError):
            broken = Sent(Fate.LATER, error="connection")
        else:
            return sent
        return sent + [broken] * (len(letters) - len(sent))

    def _connection(self) -> aiosmtplib.SMTP:
        return aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            username=self.username,
            password=self.password,
            timeout=_SECONDS_MAX,
            use_tls=self.security is MailSecurity.TLS,
            # Never as the server pleases: one that offers no STARTTLS is not spoken to in the clear.
            start_tls=self.security is MailSecurity.STARTTLS,
            tls_context=self.trust or (None if self.security is MailSecurity.NONE else ssl.create_default_context()),
        )

    async def _send(self, connection: aiosmtplib.SMTP, letter: Letter) -> Sent:
        try:
            await connection.sendmail(self.sender, [letter.recipient], self.written(letter))
        except aiosmtplib.SMTPRecipientsRefused as error:
            code = error.recipients[0].code
            return Sent(Fate.ADDRESS_REFUSED if code in _FOR_GOOD else Fate.LATER, status=code)
        except aiosmtplib.SMTPSenderRefused as error:
            return Sent(Fate.LATER, status=error.code)
        except aiosmtplib.SMTPDataError as error:
            return Sent(Fate.LETTER_REFUSED if error.code in _FOR_GOOD else Fate.LATER, status=error.code)
        return Sent(Fate.TAKEN)

    def written(self, letter: Letter) -> bytes:
        """Write a letter as it goes over the line."""
        message = EmailMessage(policy=SMTP)
        message["From"], message["To"], message["Subject"] = self.sender, letter.recipient, letter.subject
        message["Date"] = format_datetime(clock.now())
        message["Message-ID"] = f"<{letter.reference}@{self.sender.rpartition('@')[2]}>"
        # No out-of-office answers, and no bounce for a bounce.
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        return message.as_bytes()
