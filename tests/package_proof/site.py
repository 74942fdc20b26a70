# SPDX-License-Identifier: Apache-2.0
"""The makers' side: packs and signs releases with the release tools and throw-away keys, serves them on loopback."""

from __future__ import annotations

import http.server
import shutil
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Any

from tests.package_proof.editions import TRUST

ROOT = Path(__file__).resolve().parents[2]
UPDATES = ROOT / "packaging" / "updates"


class Site:
    """A web server of one folder on loopback that counts what it sends, by path."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sent: Counter[str] = Counter()
        folder.mkdir()
        site = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            def __init__(self, *about: Any) -> None:
                super().__init__(*about, directory=str(folder))

            def copyfile(self, source: Any, target: Any) -> None:
                before = source.tell()
                super().copyfile(source, target)
                site.sent[self.path] += source.tell() - before

            def log_message(self, *_: Any) -> None:
                """Nothing is printed: `sent` counts."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._serves = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._serves.start()

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def bytes_sent(self) -> int:
        """All bytes that were downloaded so far."""
        return sum(self.sent.values())

    def end(self) -> None:
        """Serve no more."""
        self._server.shutdown()
        self._server.server_close()
        self._serves.join()


class Makers:
    """Who releases: keys of their own, a signed repository of updates, and the download page."""

    def __init__(self, site: Site, work: Path) -> None:
        self._site, self._keys = site, work / "keys"
        self._keys.mkdir()
        self._repository = site.folder / "updates"
        self._updates("init-keys", "--keys", str(self._keys / "updates"))
        self._updates("init", *self._where())
        minisign = ["minisign", "-G", "-W", "-p", self._site.folder / "minisign.pub"]
        self._do(*minisign, "-s", self._keys / "minisign.key")

    def build_in(self, built: Path) -> None:
        """Give a build the root of trust and the address of its updates, as a release build has them."""
        out = built / TRUST
        shutil.rmtree(out, ignore_errors=True)
        url = f"{self._site.url}/updates"
        self._updates("client", "--repository", str(self._repository), "--url", url, "--out", str(out))

    def publish(self, built: Path, version: str, earlier: Path | None = None) -> None:
        """Publish a version as an update, with patches from an earlier build."""
        patches = ["--earlier", str(earlier)] if earlier else []
        self._updates("add-release", *self._where(), "--built", str(built), "--version", version, *patches)

    def offer(self, archive: Path) -> str:
        """Put an archive on the download page, with sums and signatures; its name."""
        folder = self._site.folder
        shutil.move(archive, folder / archive.name)
        sums = subprocess.run(
            ["sha256sum", archive.name], cwd=folder, check=True, capture_output=True, text=True
        ).stdout
        (folder / "SHA256SUMS").write_text(sums, "utf-8")
        for name in ("SHA256SUMS", archive.name):
            self._do("minisign", "-S", "-s", self._keys / "minisign.key", "-m", folder / name)
        return archive.name

    def _where(self) -> list[str]:
        return ["--keys", str(self._keys / "updates"), "--repository", str(self._repository)]

    def _updates(self, *words: str) -> None:
        self._do(sys.executable, UPDATES, *words)

    @staticmethod
    def _do(*words: str | Path) -> None:
        done = subprocess.run(
            [str(word) for word in words], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{words[:3]}: {done.stdout}{done.stderr}"


def archive(built: Path, out: Path) -> Path:
    """Pack a build as people download it; the archive."""
    words = [
        sys.executable,
        str(ROOT / "packaging" / "archive.py"),
        str(built),
        "--out",
        str(out),
        "--only",
        "tar.xz",
    ]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(out.glob("*.tar.xz"))
