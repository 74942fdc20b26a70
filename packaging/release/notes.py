# SPDX-License-Identifier: Apache-2.0
"""The release notes: what changed, what there is to download, and how anybody checks that it is ours."""

from collections.abc import Sequence

from release.facts import MARK, NAME, Made, megabytes
from release.readiness import Section

CHECK = """\
## Check it before you start it

1. Every file that you downloaded is whole and the one named here:

   ```
   sha256sum --check --ignore-missing SHA256SUMS
   ```

   (macOS: `shasum -a 256 FILE`; Windows: `certutil -hashfile FILE SHA256`; compare with the table.)
2. The list of sums was signed by us. minisign is in most systems (`apt install minisign`, `brew install minisign`,
   `winget install jedisct1.minisign`). The key is also in the source and in earlier releases: compare it there.

   ```
   minisign -V -P {key} -m SHA256SUMS
   ```

What fails a check: delete it, do not start it, and tell us.
"""


def table(files: Sequence[Made]) -> str:
    """Return the files as a table of names, sizes and sums."""
    rows = [f"| {file.name} | {megabytes(file.size)} | `{file.sha256}` |" for file in files]
    return "\n".join(["| file | size | sha256 |", "|---|---:|---|", *rows])


def sums(files: Sequence[Made]) -> str:
    """Return SHA256SUMS as `sha256sum --check` reads it."""
    return "".join(f"{file.sha256}  {file.name}\n" for file in files)


def public_key(text: str) -> str:
    """Return the key itself of a minisign .pub file: its second line."""
    return text.splitlines()[1].strip()


def notes(version: str, section: Section | None, files: Sequence[Made], key: str, *, dry: bool) -> str:
    """Return the notes in Markdown; `key` is what minisign's -P takes."""
    date = f" ({section.date})" if section and section.date else ""
    parts = [f"# Gems Desktop {version}{date}", ""]
    if dry:
        parts += [f"**{MARK}**: made with throw-away keys.", ""]
    parts += [
        section.text if section else "Nothing is written down.",
        "",
        "## Downloads",
        "",
        table(files),
        "",
    ]
    parts += [CHECK.format(key=key)]
    parts += [
        f"How to install and remove it: docs/guide/installing.md. {NAME} never asks for your words in a browser."
    ]
    return "\n".join(parts) + "\n"


def terminal_table(files: Sequence[Made]) -> str:
    """Return every file with its size in bytes and its sum, in columns."""
    wide = max((len(file.name) for file in files), default=0)
    return "\n".join(f"  {file.name:{wide}}  {file.size:>12,}  {file.sha256}" for file in files)
