# SPDX-License-Identifier: Apache-2.0
"""Backups that were made to harm are refused within bounds."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest
from backports import zstd

from gems_platform.operating import archive, portable
from gems_platform.operating.faults import BadBackup


def _backup(path: Path, *entries: tuple[tarfile.TarInfo, bytes]) -> Path:
    with zstd.open(path, "wb") as packed:
        for entry, content in entries:
            packed.write(entry.tobuf(tarfile.GNU_FORMAT) + content)
    return path


def _entry(name: str, size: int, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    found = tarfile.TarInfo(name)
    found.size, found.type, found.linkname = size, kind, link
    return found


@pytest.mark.parametrize(
    "entry",
    [
        _entry("././@LongLink", 1 << 33, tarfile.GNUTYPE_LONGNAME),
        _entry("x", 1 << 33, tarfile.XHDTYPE),
        _entry("x", 1 << 33, tarfile.XGLTYPE),
        _entry("tables/x.jsonl", 0, tarfile.SYMTYPE, "/etc/passwd"),
        _entry("tables/x.jsonl", 0, tarfile.LNKTYPE, "/etc/passwd"),
        _entry("tables/x.jsonl", 0, tarfile.CHRTYPE),
        _entry("tables/x.jsonl", 0, tarfile.FIFOTYPE),
        _entry("tables/x.jsonl", 0, tarfile.GNUTYPE_SPARSE),
        _entry("tables", 0, tarfile.DIRTYPE),
    ],
    ids=lambda one: repr(one.type),
)
def test_a_backup_holds_plain_files_with_short_names(tmp_path: Path, entry: tarfile.TarInfo) -> None:
    """A header of eight gigabytes of nothing, 250 KB packed, was read into memory whole."""
    path = _backup(tmp_path / "backup", (entry, bytes(1 << 20)))
    with pytest.raises(BadBackup):
        archive.check(path)


def test_a_backup_that_never_ends_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _backup(tmp_path / "backup", (_entry("tables/x.jsonl", 1 << 24), bytes(1 << 24)))
    with pytest.raises(BadBackup, match="cut off"):
        archive.check(path)  # the control: read to its end, which is missing
    monkeypatch.setattr(archive, "_FREE", 1 << 20)
    with pytest.raises(BadBackup, match="cannot be read"):
        archive.check(path)


def test_no_path_leads_out_of_a_backup(tmp_path: Path) -> None:
    names = ("../../x", "/etc/x", "media/../../x", "tables/../x.jsonl")
    path = _backup(tmp_path / "backup", *((_entry(name, 0), b"") for name in names))
    with archive.parts_of(path) as parts:
        assert [name for name, _ in parts] == list(names)  # names of rows and files, never of places
    with pytest.raises(BadBackup):
        archive.check(path)


def test_deep_lists_and_long_rows_are_bad_backups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = b"[" * 200_000
    size = -len(deep) % 512
    path = _backup(tmp_path / "backup", (_entry("manifest.json", len(deep)), deep + bytes(size)))
    with pytest.raises(BadBackup):
        archive.check(path)
    monkeypatch.setattr(portable, "_LONGEST", 10)
    assert list(portable.rows_in(io.BytesIO(b"[1]\n[2]\n"))) == [b"[1]\n", b"[2]\n"]
    with pytest.raises(BadBackup):
        list(portable.rows_in(io.BytesIO(b"[1]\n[222222222]\n")))
