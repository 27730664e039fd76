"""How a WSGI application is listened for: Granian, without an access log."""

import gc
import socket
from collections.abc import Callable
from dataclasses import dataclass
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
    server.serve(target_loader=_Settled(load), wrap_loader=False)


@dataclass(frozen=True)
class _Settled:
    """Makes the application in a worker, and has the collector of garbage pass over what stays as long as it does."""

    load: Callable[[], WSGIApplication]

    def __call__(self) -> WSGIApplication:
        application = self.load()
        settle()
        return application


def settle() -> None:
    """Let no later request pay for looking through all that was loaded by now, in case some of it is garbage."""
    gc.collect()
    gc.freeze()


def _require_free(host: str, port: int) -> None:
    """Granian would say it in a hundred lines."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            probe.listen()
    except OSError as error:
        raise click.ClickException(f"{host}:{port}: {error.strerror}") from error
