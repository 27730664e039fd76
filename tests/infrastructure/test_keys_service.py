"""The key service: nothing without the token, and only its own word, said in time, is believed about a key."""

import socket
import ssl
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from infrastructure.serving_keys import TOKEN, answering

from consultation.infrastructure.keys import (
    SIZE,
    DirectoryKeys,
    KeyMissing,
    KeyService,
    KeyStoreUnreachable,
    MemoryKeys,
)
from consultation.infrastructure.keys.server import KeyServer
from consultation.infrastructure.keys.service import MARK

NAME = "ballots-test"
ACTS = ["create", "read", "exists", "destroy"]


@pytest.fixture
def kept() -> MemoryKeys:
    """What the service keeps."""
    return MemoryKeys()


@pytest.fixture
def url(kept: MemoryKeys) -> Iterator[str]:
    """Where the service answers."""
    with answering(KeyServer(kept, TOKEN)) as place:
        yield place


def asked(url: str, method: str, path: str, token: str | None = TOKEN, body: bytes | None = None) -> tuple[int, bytes]:
    """Status and body of the answer to a bare request."""
    connection = HTTPConnection(urlsplit(url).netloc, timeout=5)
    try:
        connection.request(method, path, body, {} if token is None else {"Authorization": f"Bearer {token}"})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("token", [TOKEN[::-1], TOKEN[:-1], TOKEN + "x", TOKEN.upper()])
def test_another_token_gets_nothing_and_changes_nothing(kept: MemoryKeys, url: str, token: str, act: str) -> None:
    made = kept.create("held")
    for name in ("held", NAME):
        with pytest.raises(KeyStoreUnreachable, match="401"):
            getattr(KeyService(url, token), act)(name)
    assert kept.read("held") == made
    assert not kept.exists(NAME)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "POST"])
@pytest.mark.parametrize("path", ["/keys/held", "/keys/none", "/keys/A", "/"])
def test_whoever_has_no_token_learns_not_even_whether_a_key_is_there(
    kept: MemoryKeys, url: str, method: str, path: str
) -> None:
    kept.create("held")
    assert asked(url, method, path, token=None) == (401, b"")


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/keys/absent", None, 404),
        ("HEAD", "/keys/absent", None, 404),
        ("DELETE", "/keys/absent", None, 204),
        ("PUT", "/keys/new", bytes(SIZE), 201),
        ("PUT", "/keys/held", bytes(SIZE), 409),
        ("PUT", "/keys/new", bytes(SIZE - 1), 400),
        ("PUT", "/keys/new", bytes(SIZE + 1), 400),
        ("PUT", "/keys/new", None, 400),
        ("PUT", "/keys/A", bytes(SIZE), 400),
        ("GET", "/keys/../keys/held", None, 400),
        ("GET", "/keys/", None, 400),
        ("GET", "/", None, 400),
        ("GET", "/held", None, 400),
        ("POST", "/keys/held", bytes(SIZE), 400),
        ("OPTIONS", "/keys/held", None, 400),
    ],
)
def test_the_service_answers_each_request_by_its_status(
    kept: MemoryKeys, url: str, method: str, path: str, body: bytes | None, status: int
) -> None:
    made = kept.create("held")
    assert asked(url, method, path, body=body) == (status, b"")
    assert kept.read("held") == made
    assert kept.exists("new") == (status == 201)


def test_the_service_may_stand_under_a_path(kept: MemoryKeys) -> None:
    server = KeyServer(kept, TOKEN)

    def mounted(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        assert environ["PATH_INFO"].startswith("/inner/keys/")
        return server(environ | {"PATH_INFO": environ["PATH_INFO"].removeprefix("/inner")}, start_response)

    with answering(mounted) as place:
        made = KeyService(f"{place}/inner/", TOKEN).create(NAME)
    assert kept.read(NAME) == made


@pytest.mark.parametrize("act", ACTS)
def test_a_service_whose_disk_is_gone_says_nothing_about_a_key(tmp_path: Path, act: str) -> None:
    server = KeyServer(DirectoryKeys(tmp_path / "not mounted"), TOKEN)
    with answering(server) as place, pytest.raises(KeyStoreUnreachable, match="503"):
        getattr(KeyService(place, TOKEN), act)(NAME)


def test_a_key_that_is_not_whole_is_missing_yet_there(tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.key").write_bytes(b"short")
    with answering(KeyServer(DirectoryKeys(tmp_path), TOKEN)) as place:
        keys = KeyService(place, TOKEN)
        with pytest.raises(KeyMissing):
            keys.read(NAME)
        assert keys.exists(NAME)


def saying(status: str, body: bytes = b"", *headers: tuple[str, str]) -> WSGIApplication:
    """A server that says the same whatever it is asked."""

    def application(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        length = [] if status.startswith("204") else [("Content-Length", str(len(body)))]
        start_response(status, [*headers, *length])
        return [body]

    return application


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    "other",
    [
        saying("404 Not Found"),
        saying("200 OK", bytes(SIZE)),
        saying("204 No Content"),
        saying("201 Created"),
        saying("302 Found", b"", ("Location", "http://127.0.0.1:1/")),
        saying("500 Internal Server Error", b"", MARK),
        saying("302 Found", b"", MARK, ("Location", "http://127.0.0.1:1/")),
    ],
)
def test_what_another_server_says_is_not_believed(other: WSGIApplication, act: str) -> None:
    with answering(other) as place, pytest.raises(KeyStoreUnreachable):
        getattr(KeyService(place, TOKEN), act)(NAME)


@pytest.mark.parametrize("length", [0, SIZE - 1, SIZE + 1])
def test_an_answer_that_is_not_a_key_is_not_taken_for_one(length: int) -> None:
    server = saying("200 OK", bytes(length), MARK)
    with answering(server) as place, pytest.raises(KeyStoreUnreachable, match="not a key"):
        KeyService(place, TOKEN).read(NAME)


@pytest.mark.parametrize("act", ACTS)
def test_a_service_that_is_not_there_is_unreachable(act: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(KeyStoreUnreachable, match="refused"):
        getattr(KeyService(f"http://127.0.0.1:{port}", TOKEN), act)(NAME)


@pytest.mark.parametrize("act", ACTS)
def test_a_service_that_does_not_answer_in_time_is_unreachable(act: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute, pytest.raises(KeyStoreUnreachable, match="TimeoutError"):
        getattr(KeyService(f"http://127.0.0.1:{mute.getsockname()[1]}", TOKEN, timeout=0.05), act)(NAME)


@pytest.mark.parametrize("act", ACTS)
def test_a_service_without_the_tls_that_was_asked_for_is_unreachable(url: str, act: str) -> None:
    with pytest.raises(KeyStoreUnreachable):
        getattr(KeyService(url.replace("http://", "https://"), TOKEN), act)(NAME)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of 127.0.0.1 that signs itself, with its key, in one file."""
    key, name = Ed25519PrivateKey.generate(), x509.Name([])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=True)
        .sign(key, None)
    )
    path = tmp_path / "certificate.pem"
    path.write_bytes(
        made.public_bytes(Encoding.PEM) + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    return path


def test_a_service_is_believed_over_tls_only_where_its_certificate_is_trusted(
    kept: MemoryKeys, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    with answering(KeyServer(kept, TOKEN), tls) as place:
        with pytest.raises(KeyStoreUnreachable):
            KeyService(place, TOKEN).create(NAME)
        assert not kept.exists(NAME)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert KeyService(place, TOKEN).create(NAME) == kept.read(NAME)


def test_no_proxy_of_the_environment_sees_a_key(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    keys = KeyService(url, TOKEN)
    assert keys.create(NAME) == keys.read(NAME)


def test_an_error_names_the_service_and_never_the_token(url: str) -> None:
    with pytest.raises(KeyStoreUnreachable) as refusal:
        KeyService(url, TOKEN[:-1]).read(NAME)
    assert refusal.value.filename == url
    assert TOKEN[:-1] not in str(refusal.value)
