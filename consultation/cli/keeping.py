"""Commands that keep keys: the service which several hosts of the application share."""

import os
from collections.abc import Sequence
from functools import partial
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from urllib.parse import urlsplit

import click

from consultation.cli.listening import listen
from consultation.infrastructure.keys.choosing import keys_in
from consultation.infrastructure.keys.server import KeyServer
from consultation.settings import PREFIX, SettingsError, is_key_service_token

TOKEN = f"{PREFIX}KEY_SERVICE_TOKEN"
THREADS = 4


@click.group()
def keys() -> None:
    """The keys of consultations."""


@keys.command()
@click.option(
    "--directory",
    "directories",
    type=click.Path(exists=True, file_okay=False, resolve_path=True, path_type=Path),
    multiple=True,
    required=True,
    help="where the keys are; given more than once, each holds a copy of them all",
)
@click.option("--listen", "address", metavar="HOST:PORT", default="127.0.0.1:8100", show_default=True)
@click.option("--tls-in-front", is_flag=True, help="say that TLS ends in front of a public address")
def serve(directories: Sequence[Path], address: str, tls_in_front: bool) -> None:
    """Keep the keys for several hosts, which ask with the token of CONSULTATION_KEY_SERVICE_TOKEN."""
    host, port = _place(address)
    if _is_public(host) and not tls_in_front:
        raise click.UsageError(f"keys would travel in clear from {host}: give a private address, or --tls-in-front")
    if len(set(directories)) < len(directories):
        raise click.UsageError("a directory is given twice: the copies of a key would be one")
    token = os.environ.get(TOKEN, "")
    if not is_key_service_token(token):
        raise SettingsError(f"{TOKEN} must hold at least 32 characters of ASCII, and no space")
    listen("consultation keys", partial(_server, tuple(directories), token), str(host), port, threads=THREADS)


def _server(directories: Sequence[Path], token: str) -> KeyServer:
    return KeyServer(keys_in(directories), token)


def _place(address: str) -> tuple[IPv4Address | IPv6Address, int]:
    try:
        parts = urlsplit(f"//{address}")
        host, port = ip_address(parts.hostname or ""), parts.port
    except ValueError:
        host, port = None, None
    if host is None or not port:
        raise click.UsageError("--listen takes the numbers of an address and a port: 127.0.0.1:8100 or [::1]:8100")
    return host, port


def _is_public(host: IPv4Address | IPv6Address) -> bool:
    """Whether strangers may reach it; every address of the machine at once (0.0.0.0) counts as public."""
    return host.is_unspecified or not host.is_private
