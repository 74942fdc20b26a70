# SPDX-License-Identifier: Apache-2.0
"""`./dev release`: checks, makes, sums, signs and describes a version; publishes nothing and asks no network."""

import argparse
import shutil
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from release import notes, readiness, signing, steps, tuf_step
from release.facts import MARK, Made, StepFailed, Wanted, made, megabytes

ROOT = steps.ROOT
SUMS, NOTES = "SHA256SUMS", "release-notes.md"


@dataclass(frozen=True)
class Options:
    """What the command line said."""

    dry: bool
    built: Path | None
    earlier: Path | None
    keys: Path | None
    repository: Path | None
    out: Path


def options(arguments: list[str]) -> Options:
    """Read the command line; ends the program with a message when it is wrong."""
    parser = argparse.ArgumentParser(prog="./dev release", description=__doc__)
    parser.add_argument("--dry-run", action="store_true", help="throw-away keys; checks warn instead of stop")
    parser.add_argument("--built", type=Path, metavar="FOLDER", help="take this build instead of making one")
    parser.add_argument(
        "--from", type=Path, metavar="FOLDER", dest="earlier", help="an earlier build, for patches"
    )
    parser.add_argument("--keys", type=Path, metavar="FOLDER", help="the keys (docs/guide/releasing.md)")
    parser.add_argument(
        "--repository", type=Path, metavar="FOLDER", help="the updates as they are published now"
    )
    parser.add_argument("--out", type=Path, metavar="FOLDER", default=ROOT / "dist" / "release")
    found = parser.parse_args(arguments)
    if found.dry_run == (found.keys is not None):
        parser.error("either --dry-run (throw-away keys) or --keys FOLDER (a real release)")
    if found.keys is not None and found.repository is None:
        parser.error("a real release adds to the updates that are published: --repository FOLDER")
    names = ("built", "earlier", "keys", "repository")
    built, earlier, keys, repository = (given(getattr(found, name)) for name in names)
    return Options(found.dry_run, built, earlier, keys, repository, found.out.absolute())


def given(path: Path | None) -> Path | None:
    """Return a path that was given as one that does not depend on the folder of the moment."""
    return path.absolute() if path else None


def say(state: str, what: str, words: str) -> None:
    """Print one line about one thing."""
    print(f"  {state:10} {what}: {words}", flush=True)


def ready(dry: bool) -> readiness.Section | None:
    """Look at the work tree and say each finding; raises StepFailed when a real release must not go on."""
    print("Is it ready?")
    findings, section = readiness.look(ROOT)
    bad = [finding for finding in findings if not finding.good]
    for finding in findings:
        state = "ok" if finding.good else ("would stop" if dry else "STOPS")
        say(state, finding.what, finding.words)
    if bad and not dry:
        raise StepFailed("It is not ready to be released; nothing was made.")
    return section


def make(wanted: Wanted, when: int) -> list[str]:
    """Do the steps that other programs do; what is not there yet comes back by name (a dry run goes on without)."""
    missing = []
    # What is quick and may refuse comes first.
    for step in (steps.parts_list(wanted), steps.archives(wanted), steps.debian(wanted)):
        if not step.there:
            say("MISSING", step.name, f"{step.script} is not there yet")
            missing.append(step.name)
            continue
        before = {file.name for file in made(wanted.work)}
        steps.run(step, when)
        for file in made(wanted.work):
            if file.name not in before:
                say("ok", step.name, f"{file.name}, {megabytes(file.size)}")
    if missing and not wanted.dry:
        raise StepFailed(f"A release without {', '.join(missing)} is not whole.")
    return missing


def trusted(built: Path, wanted: Options) -> None:
    """Say whether the build takes its updates from us; raises StepFailed when it must and would not."""
    why = tuf_step.shipped_root(built, wanted.repository)
    if why and not wanted.dry:
        raise StepFailed(f"updates: {why} (docs/guide/releasing.md).")
    say("would stop" if why else "ok", "root of updates", why or "in the build, and the repository's")


def seal(wanted: Wanted, pair: signing.KeyPair, section: readiness.Section | None) -> list[Made]:
    """Write the sums, sign, write the notes; the files of the release come back."""
    downloads = made(wanted.work)
    sums = wanted.work / SUMS
    sums.write_text(notes.sums(downloads), "utf-8")
    say("ok", "checksums", f"{SUMS} of {len(downloads)} files")
    if not wanted.dry:
        print("  minisign asks for the passphrase of the key now:", flush=True)
    files = [sums, *(wanted.work / file.name for file in downloads)]
    signing.sign(files, pair, wanted.version, dry=wanted.dry)
    say("ok", "signatures", f"{len(files)} made and verified" + (f", {MARK}" if wanted.dry else ""))
    name = "minisign.dry-run.pub" if wanted.dry else signing.PUBLIC
    shutil.copyfile(pair.public, wanted.work / name)
    key = notes.public_key(pair.public.read_text("utf-8"))
    text = notes.notes(wanted.version, section, downloads, key, dry=wanted.dry)
    (wanted.work / NOTES).write_text(text, "utf-8")
    say("ok", "notes", NOTES)
    return downloads


def release(wanted: Options) -> Path:
    """Do everything; the finished folder comes back. Raises StepFailed; then nothing new is left."""
    section = ready(wanted.dry)
    version = readiness.version_of(ROOT)
    when = int(readiness.git(ROOT, "log", "-1", "--format=%ct"))
    done = wanted.out / (f"{version}-dry-run" if wanted.dry else version)
    if done.exists() and not wanted.dry:
        raise StepFailed(
            f"{done.name} is there already; a release is made once. Delete it yourself if it was not published."
        )
    work = done.with_name(done.name + ".part")
    steps.clear(work)
    with ExitStack() as ends:
        ends.callback(steps.clear, work)  # after the last step it has another name
        work.mkdir(parents=True)
        aside = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="gems-release-")))
        pair = signing.throw_away(aside) if wanted.keys is None else signing.real(wanted.keys)
        print(f"Making {version}" + (f" ({MARK})" if wanted.dry else ""))
        built = steps.taken(wanted.built) if wanted.built else steps.build(aside, when)
        earlier = steps.taken(wanted.earlier) if wanted.earlier else None
        files = made(built, below=True)
        say("ok", "build", f"{megabytes(sum(file.size for file in files))} in {len(files)} files")
        trusted(built, wanted)
        job = Wanted(version, built, earlier, wanted.keys, wanted.repository, work)
        missing = make(job, when)
        missing += tuf_step.publish(job, aside, say)
        seal(job, pair, section)
        print("\nEvery file")
        print(notes.terminal_table(made(work)))
        updates = made(work / tuf_step.FOLDER, below=True)
        print(f"  and {tuf_step.FOLDER}/: {len(updates)} files, {megabytes(sum(file.size for file in updates))}"
              " (TUF signs the lists, which name every blob by its sha256)")  # fmt: skip
        if wanted.dry:
            steps.clear(done)
        work.rename(done)
    if missing:
        print(f"\nNot in it yet: {', '.join(missing)}.")
    return done


def after(done: Path, dry: bool) -> None:
    """Say what is to be done with what was made."""
    if dry:
        print(f"\n{done.name}: {MARK}. Its keys are gone.")
        return
    print("\nNothing was published. By hand (docs/guide/releasing.md):")
    print(f"  1. git tag -s v{done.name} and push the tag")
    print(f"  2. upload every file beside {NOTES} to the download page, with its text")
    print(
        "  3. upload updates/targets first, then updates/metadata, timestamp.json last, to the updates' server"
    )


def main(arguments: list[str]) -> int:
    """Make a release, or try one; the exit code."""
    wanted = options(arguments)
    try:
        after(release(wanted), wanted.dry)
    except StepFailed as failure:
        print(f"\nStopped: {failure}\nNothing half-done was left.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Nothing half-done was left.", file=sys.stderr)
        return 130
    return 0
