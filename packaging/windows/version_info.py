# SPDX-License-Identifier: Apache-2.0
"""What Windows shows as the program's properties, as PyInstaller reads it (EXE's `version`)."""

import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = """\
VSVersionInfo(
  ffi=FixedFileInfo(
    filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004, fileType=0x1, subtype=0x0
  ),
  kids=[
    StringFileInfo([StringTable('040904B0', [
      StringStruct('CompanyName', 'The Gems Desktop maintainers'),
      StringStruct('FileDescription', 'Gems'),
      StringStruct('FileVersion', '{version}'),
      StringStruct('InternalName', 'gems-desktop'),
      StringStruct('LegalCopyright', 'Apache-2.0'),
      StringStruct('OriginalFilename', 'gems-desktop.exe'),
      StringStruct('ProductName', 'Gems'),
      StringStruct('ProductVersion', '{version}')])]),
    VarFileInfo([VarStruct('Translation', [1033, 1200])])
  ]
)
"""


def text(version: str) -> str:
    """Return the file's text for a version of three numbers."""
    numbers = (*(int(part) for part in version.split(".")), 0)
    return TEXT.format(numbers=numbers, version=version)


def main() -> int:
    """Write it to the file that the command line names; the exit code."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    Path(sys.argv[1]).write_text(text(version), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
