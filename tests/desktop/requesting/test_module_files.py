# SPDX-License-Identifier: Apache-2.0
"""Packages on disk: ZIP files that try to escape or to flood, folders, campaigns that name a module, ready modules."""

from __future__ import annotations

import io
import json
import stat
import zipfile
from pathlib import Path

import pytest
from eth_utils import to_checksum_address

from gems_desktop.cli import main
from gems_platform.client.requesting.draft import BadCampaignFile, read_draft
from gems_platform.client.requesting.fitting import check_fit
from gems_platform.client.requesting.imported import TaskDraft
from gems_platform.client.requesting.media_names import MediaNames
from gems_platform.client.requesting.module_files import (
    READY,
    read_module,
    ready_names,
    write_folder,
    write_zip,
)
from gems_platform.client.requesting.row_checks import problems_of
from gems_protocol.instructions import pictures
from gems_protocol.modules import agree, bind, parse, parse_answer, problems
from gems_protocol.modules.package import PackageRefused
from tests.protocol.modules.test_package import KEY, files

NAMES = ready_names()


def packed(tmp_path: Path, *entries: tuple[zipfile.ZipInfo | str, bytes]) -> Path:
    """A ZIP with a sound package and more entries."""
    path = tmp_path / "m.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files().items():
            archive.writestr(name, content)
        for entry, content in entries:
            archive.writestr(entry, content)
    return path


def link() -> zipfile.ZipInfo:
    """An entry that is a symbolic link."""
    entry = zipfile.ZipInfo("media/link.png")
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return entry


def test_a_zip_is_read_as_its_folder_is(tmp_path: Path) -> None:
    write_folder(tmp_path / "m", files())
    write_zip(tmp_path / "a.zip", files())
    write_zip(tmp_path / "b.zip", dict(reversed(files().items())))
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert read_module(tmp_path / "a.zip") == read_module(tmp_path / "m")


@pytest.mark.parametrize(
    "name",
    ["../escaped.txt", "/escaped.txt", "a/../../escaped.txt", "..\\escaped.txt", "C:\\escaped.txt", "a\0b"],
)
def test_no_file_leaves_its_folder(name: str, tmp_path: Path) -> None:
    entry = zipfile.ZipInfo("x")
    entry.filename = entry.orig_filename = name
    try:
        path = packed(tmp_path, (entry, b"escaped"))
    except ValueError:
        return  # the library does not even write it
    with pytest.raises(PackageRefused):
        read_module(path)
    with pytest.raises(PackageRefused):
        write_folder(tmp_path / "out", {name: b""})
    assert not list(tmp_path.rglob("escaped.txt"))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_links_doubles_and_bombs_are_refused(tmp_path: Path) -> None:
    for entry, said in ((link(), "a link"), ("config.xml", "twice")):
        with pytest.raises(PackageRefused, match=said):
            read_module(packed(tmp_path, (entry, b"../../etc/passwd")))
    with pytest.raises(PackageRefused, match="unpacks to too much"):
        read_module(packed(tmp_path, ("media/bomb.bin", bytes(60_000_000))))
    with pytest.raises(PackageRefused, match="more than 500 files"):
        read_module(packed(tmp_path, *((f"f{number}", b"") for number in range(500))))


def test_a_directory_without_end_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "m.zip"
    path.write_bytes(b"PK\x01\x02" * 12_000_000)
    with pytest.raises(PackageRefused, match="more than 500 files"):
        read_module(path)


def test_a_zip_that_lies_about_its_sizes(tmp_path: Path) -> None:
    content = bytearray(packed(tmp_path, ("media/a2.bin", bytes(30_000_000))).read_bytes())
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    (tmp_path / "m.zip").write_bytes(content)
    with pytest.raises(PackageRefused):
        read_module(tmp_path / "m.zip")


@pytest.mark.parametrize("cut", [0, 10, 100, -30])
def test_broken_archives(cut: int, tmp_path: Path) -> None:
    path = packed(tmp_path)
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(PackageRefused):
        read_module(path)


def test_every_byte_of_an_archive_may_be_wrong(tmp_path: Path) -> None:
    sound = packed(tmp_path).read_bytes()
    wanted = read_module(tmp_path / "m.zip").files
    for at in range(0, len(sound), 7):
        (tmp_path / "m.zip").write_bytes(sound[:at] + bytes([sound[at] ^ 0x55]) + sound[at + 1 :])
        try:
            assert read_module(tmp_path / "m.zip").files.keys() <= wanted.keys() | {"media/a.png"}
        except PackageRefused:
            continue


def test_a_link_in_a_folder_is_refused(tmp_path: Path) -> None:
    write_folder(tmp_path / "m", files())
    (tmp_path / "secret").write_text("s")
    (tmp_path / "m" / "media" / "s.png").symlink_to(tmp_path / "secret")
    with pytest.raises(PackageRefused, match="is a link"):
        read_module(tmp_path / "m")


def call(*arguments: object) -> int:
    """`gems module ...`."""
    return main(["module", *map(str, arguments)])


def test_new_pack_verify(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = tmp_path / "key"
    key.write_text(KEY.hex())
    key.chmod(0o600)
    folder, out = tmp_path / "mine", tmp_path / "mine.zip"
    assert call("new", "sentiment", folder, "--author", "Anna") == 0
    assert call("new", "sentiment", folder) == 2
    assert call("check", folder) == 0
    assert call("pack", folder, "--out", out, "--key-file", key) == 0
    assert call("pack", folder, "--out", tmp_path / "again.zip", "--key-file", key) == 0
    assert out.read_bytes() == (tmp_path / "again.zip").read_bytes()
    capsys.readouterr()
    assert call("verify", out, "--json") == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["author"] == "Anna" and facts["signer"].startswith("0x")
    assert call("verify", out, "--signer", facts["signer"]) == 0
    capsys.readouterr()
    assert call("verify", out) == 0
    assert to_checksum_address(facts["signer"]) in capsys.readouterr().out  # for people, unlike the JSON
    assert facts["signer"] == facts["signer"].lower()
    assert call("verify", out, "--signer", "0x" + "11" * 20) == 1
    assert "and not by" in capsys.readouterr().err
    assert call("show", out) == 0 and "How does the writer feel?" in capsys.readouterr().out
    out.write_bytes(out.read_bytes()[:-40])
    assert call("verify", out) == 1
    with pytest.raises(SystemExit):
        call("pack", folder)


def test_wrong_examples_are_not_packed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_folder(tmp_path / "m", files(**{"samples.jsonl": b'{"u": "no t"}'}))
    key = tmp_path / "key"
    key.write_text(KEY.hex())
    key.chmod(0o600)
    assert call("pack", tmp_path / "m", "--key-file", key) == 1
    assert "sample 1: The field t is missing." in capsys.readouterr().err
    assert call("check", tmp_path / "m") == 1


def test_what_is_no_module(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "config.xml"
    config.write_text("<View/>")
    assert call("show", config) == 2
    assert "a module is a folder or a .zip" in capsys.readouterr().err
    assert main(["module", "show", "no-such-module"]) == 2


# ------------------------------------------------------------------------------------------- the ready modules
def test_there_are_twenty(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(NAMES) == 20
    assert call("list") == 0 and len(capsys.readouterr().out.splitlines()) == 20
    size = sum(path.stat().st_size for path in READY.rglob("*") if path.is_file())
    assert size < 500_000, "what ships stays small"


@pytest.mark.parametrize("name", NAMES)
def test_a_ready_module_is_sound(name: str) -> None:
    package = read_module(READY / name)
    assert package.about.name == name and package.instructions and package.samples
    assert package.practice or name == "summarisation"
    module = parse(package.config)
    assert not module.notes, "everything in it has an effect"
    media = MediaNames((READY / name / "media",), module)
    for data in package.samples:
        assert problems_of(TaskDraft(data), module, media) == []
    others = [item.answer for item in package.practice]
    for item in package.practice:
        assert problems_of(TaskDraft(item.data, item.answer), module, media) == []
        bound = bind(module, item.data)
        answer = parse_answer(item.answer, bound)
        assert problems(answer, bound) == [] and agree(answer, answer, bound) and item.hint
        assert not agree([], answer, bound), "no answer is not the right one"
        for other in others:
            if other != item.answer:
                assert not agree(other, answer, module)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_taken_by_its_name(name: str, tmp_path: Path) -> None:
    package = read_module(READY / name)
    (tmp_path / "media").mkdir()
    for path in (READY / name).glob("media/*"):
        (tmp_path / "media" / path.name).write_bytes(path.read_bytes())
    (tmp_path / "tasks.jsonl").write_text("\n".join(json.dumps(data) for data in package.samples), "utf-8")
    (tmp_path / "campaign.json").write_text(json.dumps({"module": name, "mr": "0.10 GEM"}))
    draft = read_draft(tmp_path)
    check_fit(draft)
    manifest = draft.manifest
    assert manifest.module.config == package.config and manifest.module.family == package.about.family
    assert manifest.title == package.about.title and manifest.instructions == package.instructions
    assert len(draft.practice) == len(package.practice)
    assert manifest.expected_seconds == package.about.expected_seconds


def campaign(folder: Path, module: str, **more: object) -> Path:
    """A campaign with one text task."""
    folder.mkdir(exist_ok=True)
    (folder / "tasks.jsonl").write_text('{"t": "x"}')
    (folder / "campaign.json").write_text(json.dumps({"module": module, "mr": "0.10 GEM", **more}))
    return folder


def test_a_campaign_names_a_folder_a_zip_or_a_hash(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    campaign(folder, "./mine")
    write_folder(folder / "mine", files())
    write_zip(folder / "mine.zip", files())
    digest = "0x" + read_module(folder / "mine").hash.hex()
    for named in ("./mine", "mine.zip", digest, f"mine.zip@{digest}", f"./mine@{digest}"):
        draft = read_draft(campaign(folder, named, title="My own"))
        assert draft.manifest.module.name == "moods" and draft.manifest.title == "My own"
        assert len(draft.practice) == 1
    (folder / "mine" / "media" / "a.png").write_bytes(b"changed")
    with pytest.raises(BadCampaignFile, match="somebody changed it"):
        read_draft(campaign(folder, f"./mine@{digest}"))
    for named in ("nowhere", "../../etc", "0x" + "12" * 32):
        with pytest.raises(BadCampaignFile, match="no module"):
            read_draft(campaign(folder, named))


def test_pictures_in_instructions_go_with_the_campaign(tmp_path: Path) -> None:
    png = b"\x89PNG\r\n\x1a\n not looked at further"
    folder = tmp_path / "c"
    words = b"Look:\n![A good box](media/good.png)\nThat is all.\n"
    write_folder(tmp_path / "c" / "mine", files(**{"instructions.txt": words, "media/good.png": png}))
    draft = read_draft(campaign(folder, "./mine"))
    (sha256,) = pictures(draft.manifest.instructions)
    assert draft.media[sha256].read_bytes() == png
    (folder / "own.png").write_bytes(png)
    draft = read_draft(campaign(folder, "./mine", instructions="![Own](own.png)"))
    assert pictures(draft.manifest.instructions) == (sha256,)
    with pytest.raises(BadCampaignFile, match=r"gone\.png is not there"):
        read_draft(campaign(folder, "./mine", instructions="![Gone](gone.png)"))


def test_a_zip_of_nothing(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    zipfile.ZipFile(buffer, "w").close()
    (tmp_path / "m.zip").write_bytes(buffer.getvalue())
    with pytest.raises(PackageRefused, match="1 to 500 files"):
        read_module(tmp_path / "m.zip")
