"""The key service as it is started: by its command, on its real server, with nothing of a key on its output."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from consultation.cli import main
from consultation.infrastructure.keys import DirectoryKeys, KeyMissing, KeyPresent, KeyService, KeyStoreUnreachable

TOKEN = "a-token-of-the-tests-that-is-long-enough"
NAME = "ballots-test"
COMMAND = "import sys; from consultation.cli import main; main(sys.argv[1:])"


@dataclass
class Running:
    """A key service in processes of its own, and what it says."""

    process: subprocess.Popen[bytes]
    url: str
    output: Path

    def wait_until_it_answers(self) -> None:
        """Knock until the door opens."""
        deadline = time.monotonic() + 30
        while self.process.poll() is None and time.monotonic() < deadline:
            try:
                KeyService(self.url, TOKEN).exists(NAME)
            except KeyStoreUnreachable:
                continue
            return
        pytest.fail(self.output.read_text(encoding="utf-8"))

    def stop(self) -> int:
        """End it as an operator does; its status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)


@pytest.fixture
def directories(tmp_path: Path) -> list[Path]:
    """Two directories of keys."""
    found = [tmp_path / "one", tmp_path / "two"]
    for directory in found:
        directory.mkdir()
    return found


@pytest.fixture
def running(directories: list[Path], tmp_path: Path) -> Iterator[Running]:
    """A service that keeps two copies."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = ["--listen", f"127.0.0.1:{port}", *(f"--directory={directory}" for directory in directories)]
    output = tmp_path / "output"
    with output.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, "keys", "serve", *options],
            env={**os.environ, "CONSULTATION_KEY_SERVICE_TOKEN": TOKEN},
            stdout=said,
            stderr=said,
        )
    service = Running(process, f"http://127.0.0.1:{port}", output)
    try:
        service.wait_until_it_answers()
        yield service
    finally:
        if process.poll() is None:
            service.stop()


def test_the_service_keeps_a_key_on_each_copy_until_it_is_destroyed_on_all_and_writes_it_nowhere_else(
    running: Running, directories: list[Path]
) -> None:
    keys = KeyService(running.url, TOKEN)
    made = keys.create(NAME)
    with pytest.raises(KeyPresent):
        keys.create(NAME)
    assert keys.read(NAME) == made
    assert [DirectoryKeys(directory).read(NAME) for directory in directories] == [made, made]
    with pytest.raises(KeyStoreUnreachable, match="401"):
        KeyService(running.url, TOKEN[::-1]).read(NAME)
    keys.destroy(NAME)
    assert not keys.exists(NAME)
    with pytest.raises(KeyMissing):
        keys.read(NAME)
    directories[1].rmdir()
    with pytest.raises(KeyStoreUnreachable, match="503"):
        keys.exists(NAME)
    assert running.stop() == 0
    said = running.output.read_text(encoding="utf-8")
    assert "Listening at" in said
    for secret in (made.hex(), repr(made), TOKEN, TOKEN[::-1], NAME):
        assert secret not in said


def test_casts_of_several_threads_read_the_same_key(running: Running) -> None:
    keys = KeyService(running.url, TOKEN)
    made, seen = keys.create(NAME), []
    readers = [threading.Thread(target=lambda: seen.append(keys.read(NAME))) for _turn in range(16)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert seen == [made] * 16


def typed(*arguments: str, token: str = TOKEN) -> Result:
    """A command that is refused before it serves anything: one line on standard error."""
    outcome = CliRunner(env={"CONSULTATION_KEY_SERVICE_TOKEN": token}).invoke(main, ["keys", "serve", *arguments])
    assert outcome.stderr.count("\n") == 1, outcome.stderr
    return outcome


@pytest.mark.parametrize("address", ["8.8.8.8:8100", "100.64.0.1:8100", "0.0.0.0:8100", "[::]:8100", "[2a01::1]:8100"])
def test_a_public_address_is_refused_unless_tls_in_front_is_stated(address: str, tmp_path: Path) -> None:
    outcome = typed("--directory", str(tmp_path), "--listen", address)
    assert outcome.exit_code == 2
    assert "--tls-in-front" in outcome.stderr


@pytest.mark.parametrize(
    "address", ["keys.example:8100", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:99999", ":8100", "[::1", "::1:8100", ""]
)
def test_what_is_no_address_with_a_port_is_refused(address: str, tmp_path: Path) -> None:
    outcome = typed("--directory", str(tmp_path), "--listen", address)
    assert outcome.exit_code == 2
    assert "127.0.0.1:8100" in outcome.stderr


@pytest.mark.parametrize("token", ["", "short", "x" * 40 + " "])
def test_the_service_does_not_start_without_a_token_that_cannot_be_guessed(token: str, tmp_path: Path) -> None:
    outcome = typed("--directory", str(tmp_path), token=token)
    assert outcome.exit_code == 1
    assert "CONSULTATION_KEY_SERVICE_TOKEN" in outcome.stderr
    assert "xxx" not in outcome.stderr


def test_a_port_that_is_taken_is_told_in_a_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        outcome = typed("--directory", str(tmp_path), "--listen", address)
    assert outcome.exit_code == 1
    assert outcome.stderr == f"consultation: {address}: Address already in use\n"


def test_the_service_does_not_start_without_its_directories(tmp_path: Path) -> None:
    assert typed().exit_code == 2
    assert typed("--directory", str(tmp_path / "not mounted")).exit_code == 2
    assert typed("--directory", str(tmp_path), "--directory", f"{tmp_path}/.").exit_code == 2


def test_the_service_loads_neither_the_application_nor_a_database() -> None:
    script = (
        "from consultation.cli import keeping; import sys;"
        "print([one for one in ('flask', 'sqlalchemy', 'consultation.app') if one in sys.modules])"
    )
    outcome = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert outcome.stdout.strip() == "[]"
