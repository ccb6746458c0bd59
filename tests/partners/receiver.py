"""A partner's receiver: a real HTTPS server on loopback under a name of its own, by an authority made for the test."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NAME = "receiver.example"
_DAY = timedelta(days=1)


@dataclass
class Receiver:
    """What came, and what is answered."""

    url: str
    host: str
    trust: ssl.SSLContext
    answers: list[int] = field(default_factory=list[int])
    headers: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    bodies: list[bytes] = field(default_factory=list[bytes])

    def ids(self) -> list[str]:
        """Tell the webhook-ids in the order they came."""
        return [headers["webhook-id"] for headers in self.headers]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take one request and answer it: the next answer that was set, else 204."""
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            found = dict(line.split(": ", 1) for line in head[1:] if line)
            headers = {name.lower(): value for name, value in found.items()}
            self.bodies.append(await reader.readexactly(int(headers["content-length"])))
            self.headers.append(headers)
            status = self.answers.pop(0) if self.answers else 204
            writer.write(f"HTTP/1.1 {status} x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
            await writer.drain()
        writer.close()
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            await writer.wait_closed()


def _certificate(folder: Path) -> tuple[Path, Path]:
    """Make an authority that vouches for the receiver alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _DAY)
        .not_valid_after(now + _DAY)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate_file, key_file = folder / "certificate.pem", folder / "key.pem"
    certificate_file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return certificate_file, key_file


@contextlib.asynccontextmanager
async def receiving(folder: Path) -> AsyncGenerator[Receiver]:
    """Listen until the test ends."""
    certificate_file, key_file = _certificate(folder)
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(certificate_file, key_file)
    receiver = Receiver("", "", ssl.create_default_context(cafile=certificate_file))
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0, ssl=server_side)
    port = server.sockets[0].getsockname()[1]
    receiver.host = f"https://{NAME}:{port}"
    receiver.url = f"{receiver.host}/hooks?of=partner"
    async with server:
        yield receiver


async def resolve(_host: str, _port: int) -> Sequence[str]:
    """Say that every name is this machine's."""
    return ("127.0.0.1",)
