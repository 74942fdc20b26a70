# SPDX-License-Identifier: Apache-2.0
"""Whether the work tree may be released: everything committed, one version everywhere, dated, not tagged yet."""

import re
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path

HEADING = re.compile(r"^## \[(?P<version>[^\]]+)\](?: - (?P<date>\d{4}-\d{2}-\d{2}))?\s*$", re.MULTILINE)
VERSION = re.compile(r"\d+\.\d+\.\d+", re.ASCII)


@dataclass(frozen=True)
class Section:
    """One part of the changelog: its version or "Unreleased", its date ("" when it has none), its text."""

    version: str
    date: str
    text: str


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: what, whether it is as it should be, and in words how it is."""

    what: str
    good: bool
    words: str


def newest(changelog: str) -> Section | None:
    """Return the first section of a changelog, or None when it has none."""
    heads = list(HEADING.finditer(changelog))
    if not heads:
        return None
    end = heads[1].start() if len(heads) > 1 else len(changelog)
    return Section(heads[0]["version"], heads[0]["date"] or "", changelog[heads[0].end() : end].strip())


def tree(status: str) -> Finding:
    """Judge what `git status --porcelain` printed."""
    changed = status.splitlines()
    if not changed:
        return Finding("work tree", True, "everything is committed")
    named = ", ".join(line[3:] for line in changed[:3])
    more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
    return Finding("work tree", False, f"not committed: {named}{more}")


def versions(project: str, section: Section | None) -> Finding:
    """Judge whether the version of pyproject.toml is the one that the changelog describes and dates."""
    what = "version"
    if not VERSION.fullmatch(project):
        return Finding(
            what, False, f"pyproject.toml says {project}; a release is three numbers, such as 1.2.3"
        )
    if section is None:
        return Finding(what, False, "CHANGELOG.md has no section")
    if section.version == "Unreleased":
        words = f"CHANGELOG.md is still [Unreleased]: rename its newest section to [{project}] - YYYY-MM-DD"
        return Finding(what, False, words)
    if section.version != project:
        words = f"pyproject.toml says {project}, the newest section of CHANGELOG.md {section.version}"
        return Finding(what, False, words)
    if not section.date:
        return Finding(what, False, f"the section [{project}] of CHANGELOG.md has no date: - YYYY-MM-DD")
    if not section.text:
        return Finding(what, False, f"the section [{project}] of CHANGELOG.md is empty")
    return Finding(what, True, f"{project} of {section.date}, in pyproject.toml and CHANGELOG.md")


def tag(project: str, tags: str) -> Finding:
    """Judge whether `git tag` has this version already."""
    there = f"v{project}" in tags.split()
    words = f"v{project} is there already: raise the version" if there else f"v{project} is free"
    return Finding("tag", not there, words)


def git(root: Path, *arguments: str) -> str:
    """Return what git prints; raises CalledProcessError when it fails."""
    done = subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, text=True)
    return done.stdout


def version_of(root: Path) -> str:
    """Return the version in pyproject.toml."""
    version: str = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    return version


def look(root: Path) -> tuple[list[Finding], Section | None]:
    """Look at everything, in order; the newest section comes back for the notes."""
    project = version_of(root)
    section = newest((root / "CHANGELOG.md").read_text("utf-8"))
    return [
        tree(git(root, "status", "--porcelain")),
        versions(project, section),
        tag(project, git(root, "tag")),
    ], section
