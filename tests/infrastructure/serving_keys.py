"""A key service on this machine's own loopback, over a real socket."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.types import WSGIApplication

TOKEN = "a-token-of-the-tests-that-is-long-enough"


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing on the terminal of the tests."""


@contextmanager
def answering(application: WSGIApplication, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """The URL at which the application answers meanwhile, over TLS where its context is given."""
    with make_server("127.0.0.1", 0, application, handler_class=_Silent) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
