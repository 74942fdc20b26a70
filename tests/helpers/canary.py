# SPDX-License-Identifier: Apache-2.0
"""A server on loopback that must never be contacted, and remembers it when it is."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Canary:
    """`url(path)` makes an address of it; `hits` are the requests that came."""

    def __init__(self) -> None:
        self.hits: list[str] = []
        hits = self.hits

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                hits.append(f"{self.command} {self.path} {self.headers.get('User-Agent', '')}")
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_POST = do_HEAD = do_GET

            def log_message(self, format: str, *args: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def url(self, path: str = "x.png") -> str:
        """An address of the canary."""
        return f"http://127.0.0.1:{self.port}/{path}"

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@contextmanager
def canary() -> Iterator[Canary]:
    """A canary for the length of a `with`."""
    bird = Canary()
    try:
        yield bird
    finally:
        bird.close()
