# SPDX-License-Identifier: Apache-2.0
"""`./dev release`: what stops it, what it makes and signs, and that a failure leaves nothing half-done."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.append(str(ROOT / "packaging"))
from release import main as releasing  # noqa: E402
from release import notes, readiness, signing, steps, tuf_step  # noqa: E402
from release.facts import Made, StepFailed, made  # noqa: E402

needs_minisign = pytest.mark.skipif(shutil.which("minisign") is None, reason="minisign is not here")
CHANGELOG = (
    "# Changelog\n\n## [1.2.3] - 2026-01-02\n\n### Added\n- A thing.\n\n## [1.2.2] - 2025-01-01\n\nold\n"
)

#: Stand in for the programs of other steps; each writes what the real one leaves, in small.
ARCHIVE = """
import pathlib, sys
built, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[3])
for kind in ("xz", "zst"):
    (out / f"gems-desktop-1.2.3-linux-x86_64.tar.{kind}").write_text("packed " + kind)
"""
DEB = "import pathlib, sys\npathlib.Path(sys.argv[3], 'gems-desktop_1.2.3_amd64.deb').write_text('deb')\n"
SBOM = "import pathlib, sys\npathlib.Path(sys.argv[3]).write_text('{}')\n"


# --- what is looked at ------------------------------------------------------------------------------------


def test_the_newest_section_is_the_first() -> None:
    section = readiness.newest(CHANGELOG)
    assert section == readiness.Section("1.2.3", "2026-01-02", "### Added\n- A thing.")
    assert readiness.newest("# Changelog\n") is None


@pytest.mark.parametrize(
    ("project", "changelog", "good", "word"),
    [
        ("1.2.3", CHANGELOG, True, "1.2.3 of 2026-01-02"),
        ("1.2.4", CHANGELOG, False, "newest section"),
        ("1.2.3", "## [Unreleased]\n- x\n", False, "[Unreleased]"),
        ("1.2.3", "## [1.2.3]\n- x\n", False, "no date"),
        ("1.2.3", "## [1.2.3] - 2026-01-02\n\n", False, "empty"),
        ("1.2.3rc1", CHANGELOG, False, "three numbers"),
        ("1.2.3", "", False, "no section"),
    ],
)
def test_versions(project: str, changelog: str, good: bool, word: str) -> None:
    found = readiness.versions(project, readiness.newest(changelog))
    assert found.good is good and word in found.words


def test_tree_and_tag() -> None:
    assert readiness.tree("").good
    found = readiness.tree(" M dev\n?? a\n?? b\n?? c\n")
    assert not found.good and "dev, a, b and 1 more" in found.words
    assert readiness.tag("1.2.3", "v1.2.2\nv1.2.30\n").good
    assert not readiness.tag("1.2.3", "v1.2.2\nv1.2.3\n").good


# --- sums and notes ---------------------------------------------------------------------------------------


def test_the_sums_are_what_sha256sum_reads(tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("one", "utf-8")
    (tmp_path / "SHA256SUMS").write_text(notes.sums(made(tmp_path)), "utf-8")
    order = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    assert subprocess.run(order, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (tmp_path / "a file").write_text("two", "utf-8")
    assert subprocess.run(order, cwd=tmp_path, capture_output=True, check=False).returncode != 0


def test_the_notes_say_what_changed_and_how_to_check() -> None:
    files = [Made("x.tar.xz", 55_000_000, "ab" * 32)]
    text = notes.notes("1.2.3", readiness.newest(CHANGELOG), files, "RWQkey", dry=False)
    for part in (
        "# Gems Desktop 1.2.3 (2026-01-02)",
        "- A thing.",
        "55.0 MB",
        "ab" * 32,
        "minisign -V -P RWQkey",
    ):
        assert part in text
    assert "dry run" not in text
    assert "dry run, not to be published" in notes.notes("1.2.3", None, files, "RWQkey", dry=True)


# --- signatures -------------------------------------------------------------------------------------------


@needs_minisign
def test_a_signature_fits_one_file_and_one_key(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "other").mkdir()
    pair, other = signing.throw_away(tmp_path / "keys"), signing.throw_away(tmp_path / "other")
    file = tmp_path / "file"
    file.write_text("whole", "utf-8")
    signing.sign([file], pair, "1.2.3", dry=True)
    signing.verify(file, pair.public)
    assert "dry run, not to be published" in (tmp_path / "file.minisig").read_text("utf-8")
    with pytest.raises(StepFailed, match="does not fit"):
        signing.verify(file, other.public)
    file.write_text("changed", "utf-8")
    with pytest.raises(StepFailed, match="does not fit"):
        signing.verify(file, pair.public)


def test_keys_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(StepFailed, match=r"minisign\.key is not in the folder"):
        signing.real(tmp_path)


# --- the whole, with the other steps made small -----------------------------------------------------------


@pytest.fixture(scope="module")
def in_process() -> Callable[..., int]:
    """packaging/updates as a function: starting Python for each of its commands takes seconds."""
    path = ROOT / "packaging" / "updates" / "update_command.py"
    spec = importlib.util.spec_from_file_location("updates_program", path)
    assert spec is not None and spec.loader is not None
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    return lambda *arguments: int(program.main(list(arguments)))


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory, in_process: Callable[..., int]) -> Path:
    """keys/ and repository/ of the updates, as after the ceremony."""
    folder = tmp_path_factory.mktemp("trusted")
    (folder / "keys").mkdir()
    in_process("init-keys", "--keys", str(folder / "keys" / "updates"))
    in_process("init", "--keys", str(folder / "keys" / "updates"), "--repository", str(folder / "repository"))
    return folder


@pytest.fixture
def holder(trusted: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A copy of those for one test, with a signing key; (keys, repository)."""
    keys, repository = (
        Path(shutil.copytree(trusted / name, tmp_path / name)) for name in ("keys", "repository")
    )
    signing.throw_away(keys)
    return keys, repository


def ship(project: Path, repository: Path) -> None:
    """Have the build trust the repository."""
    shipped = project.parent / "built" / "_internal" / "resources" / "updates"
    shipped.mkdir(parents=True)
    shutil.copyfile(repository / "metadata" / "1.root.json", shipped / "root.json")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, in_process: Callable[..., int]) -> None:
    """The updates' program in this process."""
    monkeypatch.setattr(tuf_step, "order", in_process)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that is ready to be released, with a build; the updates are made by the real program."""
    root = tmp_path / "project"
    (root / "packaging" / "linux").mkdir(parents=True)
    (root / "pyproject.toml").write_text('[project]\nname = "gems-desktop"\nversion = "1.2.3"\n', "utf-8")
    (root / "CHANGELOG.md").write_text(CHANGELOG, "utf-8")
    (root / ".gitignore").write_text("dist/\n", "utf-8")
    for name, text in (("archive.py", ARCHIVE), ("linux/deb.py", DEB), ("sbom.py", SBOM)):
        (root / "packaging" / name).write_text(text, "utf-8")
    who = ["-c", "user.name=n", "-c", "user.email=e@localhost", "-c", "commit.gpgsign=false"]
    for order in (["init", "-q"], ["add", "."], [*who, "commit", "-q", "-m", "all"]):
        subprocess.run(["git", *order], cwd=root, check=True)
    monkeypatch.setattr(steps, "ROOT", root)
    monkeypatch.setattr(releasing, "ROOT", root)
    build(tmp_path / "built", "new")
    return root


def build(folder: Path, words: str) -> Path:
    """A folder as PyInstaller leaves one, in small."""
    (folder / "_internal").mkdir(parents=True)
    (folder / "_internal" / "words.txt").write_text(words, "utf-8")
    (folder / "_internal" / "same.txt").write_text("the same in every version", "utf-8")
    (folder / "gems-desktop").write_text("#!/bin/sh\n", "utf-8")
    (folder / "gems-desktop").chmod(0o755)
    return folder


def start(project: Path, *arguments: str) -> tuple[int, Path]:
    """Run the command on the project; its exit code and the folder that it makes folders in."""
    out = project / "dist" / "release"
    built = str(project.parent / "built")
    return releasing.main([*arguments, "--built", built, "--out", str(out)]), out


@needs_minisign
def test_a_dry_run_makes_everything_and_marks_it(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    earlier = build(project.parent / "earlier", "old")
    code, out = start(project, "--dry-run", "--from", str(earlier))
    said = capsys.readouterr().out
    assert code == 0, said
    done = out / "1.2.3-dry-run"
    assert sorted(path.name for path in out.iterdir()) == [done.name]
    names = {path.name for path in done.iterdir()}
    assert {"SHA256SUMS", "SHA256SUMS.minisig", "release-notes.md", "minisign.dry-run.pub", "updates",
            "gems-desktop-1.2.3-linux-x86_64.tar.xz", "gems-desktop-1.2.3-linux-x86_64.tar.xz.minisig",
            "gems-desktop-1.2.3-linux-x86_64.tar.zst", "gems-desktop_1.2.3_amd64.deb",
            "gems-desktop-1.2.3.cdx.json"} <= names  # fmt: skip
    assert (done / "updates" / "metadata" / "timestamp.json").is_file()
    assert "verified by our own client" in said and "in 1 files from the earlier build" in said
    assert "dry run, not to be published" in (done / "release-notes.md").read_text("utf-8")
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=done, check=True)
    assert not list(done.rglob("*.key")) and not list(done.rglob("*.pem")), "no secret is kept"


@needs_minisign
@pytest.mark.parametrize(
    ("broken", "program"),
    [("packaging/linux/deb.py", "import sys; print('no room'); sys.exit(3)"), ("packaging/sbom.py", "")],
)
def test_a_step_that_fails_leaves_nothing(
    project: Path, quick: None, capsys: pytest.CaptureFixture[str], broken: str, program: str
) -> None:
    (project / broken).write_text(program, "utf-8")
    code, out = start(project, "--dry-run")
    assert code == 1 and list(out.iterdir()) == []
    said = capsys.readouterr().err
    assert "Nothing half-done was left." in said and broken in said


@needs_minisign
def test_a_dry_run_that_fails_keeps_the_one_before(project: Path, quick: None) -> None:
    assert start(project, "--dry-run")[0] == 0
    (project / "packaging" / "archive.py").write_text("import sys; sys.exit(1)", "utf-8")
    code, out = start(project, "--dry-run")
    assert code == 1 and [path.name for path in out.iterdir()] == ["1.2.3-dry-run"]


@needs_minisign
def test_updates_that_our_client_refuses_stop_it(
    project: Path, quick: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = tuf_step.order

    def spoilt(*arguments: str) -> int:
        code = real(*arguments)
        if arguments[0] == "add-release":
            metadata = Path(arguments[arguments.index("--repository") + 1]) / "metadata" / "timestamp.json"
            metadata.write_text(metadata.read_text("utf-8").replace("20", "21", 1), "utf-8")
        return code

    monkeypatch.setattr(tuf_step, "order", spoilt)
    code, out = start(project, "--dry-run")
    assert code == 1 and list(out.iterdir()) == []
    assert "our own client does not take this repository (refused)" in capsys.readouterr().err


def test_a_real_release_that_is_not_ready_makes_nothing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "left.txt").write_text("not committed", "utf-8")
    code, out = start(project, "--keys", str(project), "--repository", str(project))
    assert code == 1 and not out.exists()
    told = capsys.readouterr()
    assert "STOPS" in told.out and "not committed: left.txt" in told.out and "not ready" in told.err


@needs_minisign
def test_a_real_release(
    project: Path, holder: tuple[Path, Path], quick: None, capfd: pytest.CaptureFixture[str]
) -> None:
    keys, repository = holder
    asked = ("--keys", str(keys), "--repository", str(repository))
    assert start(project, *asked)[0] == 1, "the build would not take its updates from there"
    assert "will not update themselves" in capfd.readouterr().err
    ship(project, repository)
    code, out = start(project, *asked)
    told = capfd.readouterr()
    assert code == 0, told.err
    assert "Nothing was published" in told.out and "git tag -s v1.2.3" in told.out
    secrets = [(keys / "minisign.key").read_text("utf-8").splitlines()[1]]
    secrets += [
        line for path in (keys / "updates").iterdir() for line in path.read_text("utf-8").splitlines()[1:-1]
    ]
    written = "".join(path.read_text("utf-8", "replace") for path in out.rglob("*") if path.is_file())
    assert not [secret for secret in secrets if secret in told.out + told.err + written]
    assert start(project, *asked)[0] == 1, "a release is made once"


@needs_minisign
def test_keys_that_lie_in_the_repository_are_not_released(
    project: Path, holder: tuple[Path, Path], quick: None
) -> None:
    keys, repository = holder
    keys = keys.rename(repository / "keys")
    ship(project, repository)
    code, out = start(project, "--keys", str(keys), "--repository", str(repository))
    assert code == 0 and (out / "1.2.3" / "updates" / "metadata" / "timestamp.json").is_file()
    assert not list(out.rglob("*.pem")) and not list(out.rglob("*.key"))


@needs_minisign
def test_one_holder_alone_cannot_release_updates(
    project: Path, holder: tuple[Path, Path], quick: None, capsys: pytest.CaptureFixture[str]
) -> None:
    keys, repository = holder
    (keys / "updates" / "targets-2.pem").unlink()
    (keys / "updates" / "targets-3.pem").unlink()
    ship(project, repository)
    code, out = start(project, "--keys", str(keys), "--repository", str(repository))
    assert code == 0 and "Not in it yet: the other signatures of the updates" in capsys.readouterr().out
    assert (out / "1.2.3" / "updates" / "waiting").is_dir()


def test_dry_run_and_keys_exclude_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ([], ["--dry-run", "--keys", "x"], ["--keys", "x"]):
        with pytest.raises(SystemExit):
            releasing.main(arguments)
    capsys.readouterr()
