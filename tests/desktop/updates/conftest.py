# SPDX-License-Identifier: Apache-2.0
"""One repository with 0.1.0 and one with 0.2.0 as well, copied for each test; a server; an installation of 0.1.0."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.updates.publisher import Machine, Publisher, Serving, build, serving


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """keys/, built/VERSION/, one/ (a repository of 0.1.0), two/ (and 0.2.0)."""
    import update_keys

    folder = tmp_path_factory.mktemp("updates")
    update_keys.make(folder / "keys")
    for version in ("0.1.0", "0.2.0"):
        build(folder / "built" / version, version)
    publisher = Publisher(folder / "two", folder / "keys")
    publisher.at().create([publisher.keys])
    publisher.release(folder / "built" / "0.1.0", "0.1.0")
    shutil.copytree(folder / "two", folder / "one")
    publisher.release(folder / "built" / "0.2.0", "0.2.0")
    return folder


@pytest.fixture
def publisher(made: Path, tmp_path: Path) -> Publisher:
    """A publisher of its own, who has published 0.2.0."""
    shutil.copytree(made / "two", tmp_path / "repository")
    return Publisher(tmp_path / "repository", made / "keys")


@pytest.fixture
def server(publisher: Publisher) -> Iterator[Serving]:
    """The publisher's server."""
    with serving(publisher.folder) as state:
        yield state


@pytest.fixture
def machine(made: Path, tmp_path: Path, server: Serving) -> Machine:
    """A computer with 0.1.0, which asks that server."""
    return Machine(tmp_path / "machine", made / "one/metadata/1.root.json", server.url, made / "built/0.1.0")
