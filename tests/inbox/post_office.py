"""A mail server on this machine that takes, delays or refuses what it is given."""

import asyncio
import ssl
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import IPv4Address
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from x_pilot_api.core.mail import MailSecurity, SmtpMailer

SENDER = "x-pilot@school.example"
USER, SECRET = "x-pilot", "a secret of the mail server"


@dataclass
class PostOffice:
    """One server; `answers` are given to the next recipients in turn, and whatever follows is taken."""

    answers: list[str] = field(default_factory=list[str])
    of_letters: list[str] = field(default_factory=list[str])
    taken: list[EmailMessage] = field(default_factory=list[EmailMessage])
    spoken_to: int = 0
    is_private: bool = False
    port: int = 0

    async def open(self) -> None:
        """Listen on a port of this machine."""
        self._folder = tempfile.TemporaryDirectory()
        self._trust = _certificate(Path(self._folder.name))
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._speak, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Listen no more."""
        self._server.close()
        await self._server.wait_closed()
        self._folder.cleanup()

    def _speak(self) -> SMTP:
        self.spoken_to += 1
        if not self.is_private:
            return SMTP(self, loop=asyncio.get_running_loop())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(Path(self._folder.name) / "server.pem")
        return SMTP(
            self,
            tls_context=context,
            require_starttls=True,
            auth_required=True,
            authenticator=_authenticate,
            loop=asyncio.get_running_loop(),
        )

    def mailer(self, *, password: str = SECRET, security: MailSecurity | None = None) -> SmtpMailer:
        """Speak to this server as the service does."""
        kept = security or (MailSecurity.STARTTLS if self.is_private else MailSecurity.NONE)
        return SmtpMailer(
            host="127.0.0.1",
            port=self.port,
            sender=SENDER,
            security=kept,
            username=USER if self.is_private else None,
            password=password if self.is_private else None,
            trust=self._trust if kept is not MailSecurity.NONE else None,
        )

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.of_letters.pop(0) if self.of_letters else "250 OK"
        if answer.startswith("250"):
            content = envelope.content
            assert isinstance(content, bytes)
            message = message_from_bytes(content, policy=default)
            assert isinstance(message, EmailMessage)
            assert [message["To"]] == envelope.rcpt_tos
            self.taken.append(message)
        return answer


def text_of(message: EmailMessage) -> str:
    """Read a letter's text."""
    text = message.get_content()
    assert isinstance(text, str)
    return text


def _authenticate(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: object) -> AuthResult:
    assert isinstance(data, LoginPassword)
    return AuthResult(success=(data.login, data.password) == (USER.encode(), SECRET.encode()), handled=False)


def _certificate(folder: Path) -> ssl.SSLContext:
    """Make a certificate for this machine, and the trust in it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public = made.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "server.pem").write_bytes(private + public)
    return ssl.create_default_context(cadata=public.decode())
