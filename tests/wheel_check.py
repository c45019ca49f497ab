"""The built wheel, seen by a person who installs it: all of the program, nothing else, and it runs.

Usage: wheel_check.py WHEEL COMMAND

WHEEL is the built file; COMMAND is the `incident` of an environment where it is installed with run-time
dependencies only. Exits with 1 and one line for each fault.
"""

import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("incident", "screens", "models", "playbooks")
SHIPPED_ENDINGS = (".py", ".toml", ".j2", ".sql", ".tcss", ".typ", ".txt")
ENTRY_POINT = "incident = incident.__main__:main"
RUN_SECONDS = 120


def main() -> int:
    """Check the wheel and the program installed from it."""
    wheel, command = Path(sys.argv[1]), Path(sys.argv[2]).absolute()
    faults = [*contents_faults(wheel), *demo_faults(command), *deadline_faults(command)]
    for fault in faults:
        print(f"{wheel.name}: {fault}", file=sys.stderr)
    if not faults:
        print(f"{wheel.name}: complete, its demo runs, and its clocks are right")
    return 1 if faults else 0


def contents_faults(wheel: Path) -> Iterator[str]:
    """Compare the wheel with the four packages as they lie in the tree."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        metadata = {name for name in names if PurePosixPath(name).parts[0].endswith(".dist-info")}
        entry_points = "".join(archive.read(name).decode() for name in metadata if name.endswith("entry_points.txt"))
    shipped = names - metadata
    expected = set(source_files())
    yield from (f"lacks {name}" for name in sorted(expected - shipped))
    yield from (f"has a stray {name}" for name in sorted(shipped - expected))
    for package in PACKAGES:
        if f"{package}/__init__.py" not in shipped:
            yield f"lacks the package {package}"
    if not any(name.startswith("playbooks/") and name.endswith(".toml") for name in shipped):
        yield "has no playbook"
    if not any(name.endswith("/licenses/LICENSE") for name in metadata):
        yield "lacks its licence"
    if ENTRY_POINT not in entry_points:
        yield f"lacks the entry point {ENTRY_POINT}"


def source_files() -> Iterator[str]:
    """Yield what a wheel must hold, as paths below the root of the project."""
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*"):
            if path.is_file() and path.name.endswith(SHIPPED_ENDINGS):
                yield path.relative_to(ROOT).as_posix()


def demo_faults(command: Path) -> Iterator[str]:
    """Run the demo, and look for its board and its drafts."""
    with tempfile.TemporaryDirectory() as folder:
        done, work = run(command, "demo", Path(folder))
        if done.returncode != 0:
            yield f"`incident demo` exits with {done.returncode}: {done.stderr.strip() or 'no word why'}"
        if "INC-" not in done.stdout:
            yield "`incident demo` prints no board"
        if not any(work.glob("incident-demo/**/*.md")):
            yield "`incident demo` writes no draft"


def deadline_faults(command: Path) -> Iterator[str]:
    """Hold the installed program's clocks against the deadline cases that ship with it."""
    with tempfile.TemporaryDirectory() as folder:
        done, _ = run(command, "selfcheck", Path(folder))
    if done.returncode != 0 or not done.stdout.endswith(", 0 wrong\n"):
        yield f"`incident selfcheck` exits with {done.returncode}: {done.stderr.strip() or done.stdout.strip()}"


def run(command: Path, name: str, folder: Path) -> tuple[subprocess.CompletedProcess[str], Path]:
    """Run one command from an empty folder, in an empty home; return what it did, and the folder."""
    home, work = folder / "home", folder / "work"
    home.mkdir()
    work.mkdir()
    done = subprocess.run(
        [command, name],
        cwd=work,
        env={"HOME": str(home), "PATH": os.defpath, "LANG": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=RUN_SECONDS,
    )
    return done, work


if __name__ == "__main__":
    sys.exit(main())
