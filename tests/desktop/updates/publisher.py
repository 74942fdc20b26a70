# SPDX-License-Identifier: Apache-2.0
"""Small builds, a real repository of them, a server on loopback, an installation: all of tuf is the real one."""

from __future__ import annotations

import hashlib
import http.server
import json
import lzma
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "packaging" / "updates"))

import update_files  # noqa: E402
from update_repository import Repository  # noqa: E402

from gems_desktop.adapters.proxy import Proxy  # noqa: E402
from gems_desktop.adapters.update_layout import Layout, write_first  # noqa: E402
from gems_desktop.adapters.updates import Copy, Updates, target_name  # noqa: E402

TARGET = target_name("x86_64")
NOW = int(time.time())
LAUNCHER = ROOT / "packaging" / "linux" / "gems-desktop.sh"


def build(folder: Path, version: str) -> Path:
    """A made-up build: a program that says its version, and files that change, come, go, and stay."""
    library = bytearray(random.Random(1).randbytes(1 << 20))
    files: dict[str, bytes] = {
        "gems-desktop": f'#!/bin/sh\necho {version} "$@"\n'.encode(),
        "_internal/same.txt": b"the same\n" * 400,
        "_internal/twin/same.txt": b"the same\n" * 400,
        "_internal/empty": b"",
    }
    if version == "0.1.0":
        files["_internal/old.txt"] = b"only in the old one\n"
    else:
        library[70_000:70_003] = b"new"
        files["_internal/new/file.txt"] = random.Random(2).randbytes(30_000)
        files["_internal/helper"] = b"#!/bin/sh\n"
    files["_internal/lib.so"] = bytes(library)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        path.chmod(0o755 if content[:2] == b"#!" else 0o644)
    (folder / "_internal" / "libalias.so").symlink_to("lib.so")
    return folder


class Publisher:
    """Whoever publishes: the keys, and a repository."""

    def __init__(self, folder: Path, keys: Path) -> None:
        self.folder, self.keys = folder, keys

    def at(self, days: int = 0) -> Repository:
        """The repository, signed `days` from now."""
        return Repository(self.folder, NOW + days * 86_400)

    def release(self, built: Path, version: str, days: int = 0) -> None:
        """Publish a build."""
        repository = self.at(days)
        old = repository.newest("targets").signed.targets.get(TARGET)
        before = update_files.read_index(self.index_path(old)) if old else None
        packed = update_files.add_files(repository.targets, built, version, (), before)
        repository.release({TARGET: repository.add_target(TARGET, packed)}, [self.keys])

    def index_path(self, info: Any = None) -> Path:
        """Where the newest index lies."""
        info = info or self.at().newest("targets").signed.targets[TARGET]
        return self.folder / "targets" / "stable" / f"{info.hashes['sha256']}.{TARGET.partition('/')[2]}"

    def release_index(self, body: Any) -> None:
        """Publish an index as it is, whatever it says, with every signature."""
        repository = self.at()
        packed = lzma.compress(body if isinstance(body, bytes) else json.dumps(body).encode())
        repository.release({TARGET: repository.add_target(TARGET, packed)}, [self.keys])

    def index(self) -> dict[str, Any]:
        """The newest index, to be altered."""
        found: dict[str, Any] = json.loads(lzma.decompress(self.index_path().read_bytes()))
        return found


@dataclass
class Serving:
    """What a server does: endless and altered go by a part of the path; cut: bytes after which it hangs up."""

    folder: Path
    url: str = ""
    endless: str = ""
    altered: dict[str, bytes] = field(default_factory=dict)
    cut: dict[str, int] = field(default_factory=dict)
    status: int = 0
    ranges: bool = True
    as_proxy: int = 0
    sent: dict[str, int] = field(default_factory=dict)

    def content(self, path: str) -> bytes | None:
        """What is answered to a path."""
        for part, content in self.altered.items():
            if part in path:
                return content
        file = self.folder / path
        return file.read_bytes() if file.is_file() else None

    def total(self, part: str = "") -> int:
        """Bytes of bodies sent for paths that hold `part`."""
        return sum(size for path, size in self.sent.items() if part in path)


@contextmanager
def serving(folder: Path) -> Iterator[Serving]:
    """Serve a repository on loopback."""
    state = Serving(folder)

    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            """Silence."""

        def do_GET(self) -> None:
            path = self.path.lstrip("/")
            if path.startswith("http://"):  # asked as a proxy
                path = path.split("/", 3)[3]
                state.as_proxy += 1
            content = state.content(path)
            if state.status or content is None:
                self.send_error(state.status or 404, "Update now at evil.example")
                return
            start = int((self.headers["Range"] or "bytes=0-")[6:-1]) if state.ranges else 0
            self.send_response(206 if start else 200)
            if start:
                self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
            endless = bool(state.endless) and state.endless in path
            if not endless:
                self.send_header("Content-Length", str(len(content) - start))
            self.end_headers()
            body = content[start:]
            cut = next((size for part, size in state.cut.items() if part in path), len(body))
            self._write(path, body[:cut])
            while endless:
                self._write(path, b" " * 65_536)

        def _write(self, path: str, body: bytes) -> None:
            self.wfile.write(body)
            state.sent[path] = state.sent.get(path, 0) + len(body)

    class Server(http.server.ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """A client that hung up."""

    server = Server(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Machine:
    """A user's computer: an installation of 0.1.0, the user's folder, what the build shipped."""

    def __init__(self, folder: Path, root: Path, url: str, built: Path | None = None) -> None:
        self.folder, self.layout = folder, Layout(folder / "gems")
        self.shipped, self.home = folder / "shipped", folder / "home"
        if built is None:
            return
        self.shipped.mkdir(parents=True)
        shutil.copyfile(root, self.shipped / "root.json")
        (self.shipped / "source.json").write_text(json.dumps({"url": url}))
        shutil.copytree(built, self.layout.folder("0.1.0"), symlinks=True)
        shutil.copyfile(LAUNCHER, self.layout.root / "gems-desktop")
        (self.layout.root / "gems-desktop").chmod(0o755)
        write_first(self.layout.root, "0.1.0")

    def updates(self, version: str = "0.1.0", proxy: Proxy | None = None) -> Updates:
        """What the running version asks."""
        return Updates(proxy, copy=Copy(self.layout, version, self.shipped, self.home))

    def start(self, *arguments: str) -> str:
        """What the launcher starts says."""
        done = subprocess.run(
            [str(self.layout.root / "gems-desktop"), *arguments], capture_output=True, text=True, check=False
        )
        return done.stdout.strip() or done.stderr.strip()

    def versions(self) -> set[str]:
        """The whole versions on this computer."""
        return {path.name for path in self.layout.versions.iterdir() if not path.name.startswith(".")} - {
            "lock"
        }


def tree(folder: Path) -> dict[str, tuple[int, str]]:
    """Every file and link of a folder: its permissions and its hash or target."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = (0, str(path.readlink()))
        elif path.is_file():
            found[name] = (path.stat().st_mode & 0o777, hashlib.sha256(path.read_bytes()).hexdigest())
    return found
