"""Make the environment in `.venv` from requirements.lock, showing progress. Needs nothing but Python's own
library.

Run by the Makefile; does nothing when `.venv` already holds the present lock.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "installed.txt"
OLDEST = (3, 11)
PIP = ["-m", "pip", "--disable-pip-version-check", "--no-input"]


def main() -> None:
    """Create, fill and check the environment."""
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        sys.exit(
            f"Aftersale needs Python 3.11 or newer; this is {found}. "
            "Install one and run: make run PYTHON=python3.11"
        )
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == fingerprint():
        return
    started = time.monotonic()
    if not python().exists():
        print("Making the environment in .venv …", flush=True)
        venv.EnvBuilder(with_pip=True, clear=True).create(VENV)
    install_lock()
    complete_torch()
    pip_quietly("install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    STAMP.write_text(fingerprint(), encoding="utf-8")
    print(f"The environment is ready ({time.monotonic() - started:.0f} s).", flush=True)


def python() -> Path:
    """The environment's interpreter."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def fingerprint() -> str:
    """What the environment was made from: the lock, the project's own entry points, where it stands."""
    made_from = LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes() + str(ROOT).encode()
    return hashlib.sha256(made_from).hexdigest()


def install_lock() -> None:
    """Install every package of the lock. `--no-deps`: it is complete, and rasa's own pins must not speak."""
    total = sum(
        1 for line in LOCK.read_text(encoding="utf-8").splitlines() if "==" in line and line[0].isalnum()
    )
    print(f"Installing {total} packages (once; some minutes on a slow line) …", flush=True)
    command = [
        str(python()), *PIP, "install", "--no-deps", "--ignore-requires-python", "--progress-bar", "off",
        "--requirement", str(LOCK),
    ]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        tail: list[str] = []
        for name in show(collected(pip.stdout or iter(()), tail), total):
            del name
    if pip.returncode:
        sys.exit(
            "\n".join(
                ["", *tail[-15:], "", "Installing failed. Check the network connection and run it again."]
            )
        )


def collected(lines: Iterator[str], tail: list[str]) -> Iterator[str]:
    """The names of packages as pip gets to them; every line also lands in `tail`."""
    for line in lines:
        tail.append(line.rstrip())
        if line.startswith(("Collecting ", "Requirement already satisfied: ")):
            yield line.split(": ")[-1].split()[0 if ": " in line else 1].partition("==")[0]
        elif line.startswith("Installing collected packages"):
            yield "unpacking everything"


def show(names: Iterator[str], total: int) -> Iterator[str]:
    """Draw a progress bar on a terminal; elsewhere a line now and then."""
    for count, name in enumerate(names, 1):
        share = min(count / total, 1.0)
        if sys.stdout.isatty():
            bar = "█" * int(share * 30)
            print(f"\r  {bar:<30} {min(count, total):>3}/{total} {name[:36]:<36}", end="", flush=True)
        elif count % 40 == 0 or count >= total:
            print(f"  {min(count, total)}/{total} {name}", flush=True)
        yield name
    if sys.stdout.isatty():
        print()


def complete_torch() -> None:
    """On some systems torch's wheel is built for GPUs and needs libraries that the lock does not name."""
    probe = subprocess.run([str(python()), "-c", "import torch"], capture_output=True, text=True, check=False)
    if probe.returncode == 0:
        return
    pin = next(
        line.split()[0]
        for line in LOCK.read_text(encoding="utf-8").splitlines()
        if line.startswith("torch==")
    )
    print(
        "This system's build of torch needs more libraries (several GB); getting them, this takes a while …",
        flush=True,
    )
    pip_quietly("install", pin)


def pip_quietly(*arguments: str) -> None:
    """Run pip; its words are shown only when it fails."""
    done = subprocess.run([str(python()), *PIP, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{done.stdout}\n{done.stderr}\nInstalling failed; see the lines above.")


if __name__ == "__main__":
    main()
