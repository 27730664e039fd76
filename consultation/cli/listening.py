"""How a WSGI application is listened for: Granian, without an access log."""

import socket
from collections.abc import Callable
from wsgiref.types import WSGIApplication

import click
from granian import Granian
from granian.constants import Interfaces


def listen(
    name: str, load: Callable[[], WSGIApplication], host: str, port: int, *, workers: int = 1, threads: int = 1
) -> None:
    """Serve what `load` makes, once in each worker process, until told to stop; `load` can be pickled.

    ClickException when the address cannot be had.
    """
    _require_free(host, port)
    server = Granian(
        name,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        log_access=False,
    )
    server.serve(target_loader=load, wrap_loader=False)


def _require_free(host: str, port: int) -> None:
    """Granian would say it in a hundred lines."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            probe.listen()
    except OSError as error:
        raise click.ClickException(f"{host}:{port}: {error.strerror}") from error
