# SPDX-License-Identifier: Apache-2.0
"""What a library says of the building machine is taken out, and nothing else; what is left of it stops the build."""

from __future__ import annotations

import ctypes
import shutil
import struct
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "packaging"))
import checked  # noqa: E402
import elf  # noqa: E402
import of_python  # noqa: E402

PYTHON = "/home/somebody/python/3.11"
#: Where the made library stands in memory: not at the place it has in the file.
BASE, HEAD = 0x10000, 64 + 2 * 56
NEEDED, SONAME = 1, 14


def library(*told: tuple[int, str]) -> bytes:
    """A library of nothing but what the loader is told: (kind, text)."""
    strings, dynamic = b"\0", b""
    for tag, text in told:
        dynamic += struct.pack("<qQ", tag, len(strings))
        strings += text.encode() + b"\0"
    size = len(dynamic) + 2 * 16
    dynamic += struct.pack("<qQqQ", elf.STRINGS, BASE + HEAD + size, elf.END, 0)
    head = elf.MAGIC + bytes(10) + struct.pack("<HHIQQQIHHHHHH", 3, 62, 1, 0, 64, 0, 0, 64, 56, 2, 0, 0, 0)
    whole = HEAD + size + len(strings)
    head += struct.pack("<IIQQQQQQ", elf.LOAD, 4, 0, BASE, BASE, whole, whole, 4096)
    head += struct.pack("<IIQQQQQQ", elf.DYNAMIC, 6, HEAD, BASE + HEAD, BASE + HEAD, size, size, 8)
    return head + dynamic + strings


def paths_of(content: bytes) -> list[str]:
    return [text for _, text in elf.searched(content)]


@pytest.mark.parametrize("tag", [elf.RPATH, elf.RUNPATH])
def test_a_foreign_folder_is_not_searched_any_more(tag: int) -> None:
    made = library((NEEDED, "libc.so.6"), (tag, f"{PYTHON}/lib"), (SONAME, "libx.so"))
    assert paths_of(made) == [f"{PYTHON}/lib"]
    done = elf.without_search(made)
    assert paths_of(done) == [] and len(done) == len(made)
    kept = [(kind, value) for _, kind, value in elf.entries(made) if kind != tag]
    assert [(kind, value) for _, kind, value in elf.entries(done)] == kept


def test_both_kinds_at_once_and_at_the_ends() -> None:
    done = elf.without_search(library((elf.RPATH, "/a"), (NEEDED, "libc.so.6"), (elf.RUNPATH, "/b:/c")))
    assert paths_of(done) == [] and [kind for _, kind, _ in elf.entries(done)] == [NEEDED, elf.STRINGS]
    assert paths_of(elf.without_search(library((elf.RUNPATH, "")))) == []  # "" is the folder one stands in


@pytest.mark.parametrize("text", ["$ORIGIN", "$ORIGIN/../lib:$ORIGIN/"])
def test_its_own_folders_stay(text: str) -> None:
    made = library((elf.RUNPATH, text))
    assert elf.without_search(made) == made


@pytest.mark.parametrize("text", ["$ORIGIN:/opt/lib", "$ORIGINAL/lib", "lib", "$ORIGIN:"])
def test_what_is_left_stops_the_build(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.so").write_bytes(library((elf.RUNPATH, text)))
    (tmp_path / "y.so").write_bytes(library((elf.RPATH, "$ORIGIN/..")))
    assert checked.searches(checked.files(tmp_path)) == [f"x.so looks for libraries in {text}"]


def test_a_folder_of_libraries_is_cleaned_once(tmp_path: Path) -> None:
    spoilt = library((elf.RUNPATH, f"{PYTHON}/lib"))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "x.so").write_bytes(spoilt)
    (tmp_path / "in" / "x.so").chmod(0o755)
    (tmp_path / "link.so").symlink_to("in/x.so")
    (tmp_path / "notes.txt").write_text(PYTHON)  # no library: the check tells of it
    files = checked.files(tmp_path)
    assert checked.traces(files, {}, [PYTHON]) == [f"in/x.so names {PYTHON}", f"notes.txt names {PYTHON}"]
    assert (elf.clean(tmp_path, PYTHON), elf.clean(tmp_path, PYTHON)) == (1, 0)
    assert checked.traces(files, {}, [PYTHON]) == [f"notes.txt names {PYTHON}"]
    assert checked.searches(files) == []
    assert (tmp_path / "in" / "x.so").stat().st_mode & 0o777 == 0o755
    assert len((tmp_path / "in" / "x.so").read_bytes()) == len(spoilt)


@pytest.mark.skipif(not sys.platform.startswith("linux") or shutil.which("cc") is None, reason="needs cc")
def test_a_library_of_the_compiler_still_loads(tmp_path: Path) -> None:
    (tmp_path / "x.c").write_text(
        f'const char *where(void) {{ return "{PYTHON}"; }}\nconst char *version(void) {{ return "3.11"; }}\n'
    )
    made = tmp_path / "x.so"
    order = [
        "cc",
        "-shared",
        "-fPIC",
        "-O2",
        "-o",
        str(made),
        str(tmp_path / "x.c"),
        f"-Wl,-rpath,{PYTHON}/lib",
        "-lm",
    ]
    subprocess.run(order, check=True)
    assert paths_of(made.read_bytes()) == [f"{PYTHON}/lib"]
    assert b"\x003.11\0" not in made.read_bytes(), "it is stored as the end of the other"
    assert elf.clean(tmp_path, PYTHON) == 1
    assert PYTHON.encode() not in made.read_bytes() and paths_of(made.read_bytes()) == []
    loaded = ctypes.CDLL(str(made))
    for function in (loaded.where, loaded.version):
        function.restype = ctypes.c_char_p
    assert loaded.where() == b"/" + b"-" * len("home/somebody/python") + b"/3.11"
    assert loaded.version() == b"3.11"


def test_python_tells_how_it_was_built_and_not_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = sysconfig.get_config_var("prefix")
    monkeypatch.setattr(sys, "base_prefix", here)
    monkeypatch.setattr(of_python, "USUAL", ())
    of_python.write(tmp_path)
    for file in tmp_path.iterdir():  # none on Windows
        text = file.read_text("utf-8")
        assert here not in text and "build_time_vars" in text
        compile(text, file.name, "exec")
    monkeypatch.setattr(of_python, "USUAL", (here,))
    assert of_python.folder() == ""


def test_what_a_module_and_a_zip_hold_is_read(tmp_path: Path) -> None:
    module = compile(f"def f(): return {{'a': (1, b'-I{PYTHON}/lib')}}, '\\ud800'", "x.py", "exec")
    assert checked.traces({}, {"x": module, "folder": None}, [PYTHON]) == [f"the module x names {PYTHON}"]
    with zipfile.ZipFile(tmp_path / "base.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.pyc", f"{PYTHON}/lib")
    files = {"base.zip": tmp_path / "base.zip"}
    assert checked.traces(files, {}, [PYTHON]) == [f"base.zip names {PYTHON}"]


def test_a_short_name_is_only_told_where_it_begins(tmp_path: Path) -> None:
    file = tmp_path / "x"
    for content, told in ((b"/usr/root/x", []), (b"a/root/", []), (b"\0/root/x", ["x names /root/"])):
        file.write_bytes(content)
        assert checked.traces({"x": file}, {}, ["/root/"]) == told


def test_the_places_of_this_machine() -> None:
    places = checked.places()
    assert f"{ROOT}/".replace("//", "/") in places or len(ROOT.parts) < 3
    assert of_python.folder() in (*places, "")
    assert not {"/", "//", "/usr", "/usr/"} & set(places)
