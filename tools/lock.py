"""Write requirements.lock from requirements.in with uv (a developer's tool: `make lock`)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RASA = "rasa==3.6.21"
HEAD = """\
# Every package of the environment, exactly. Written by `make lock` from requirements.in; do not edit.
# Installed with --no-deps --ignore-requires-python, because rasa's own pins forbid current libraries.
"""


def main() -> None:
    """Resolve, drop what names one machine, put rasa first."""
    command = [
        sys.executable, "-m", "uv", "pip", "compile", "requirements.in", "--python-version", "3.11",
        "--no-annotate", "--no-header", "--no-emit-index-url", "--no-emit-find-links", "--quiet",
        *sys.argv[1:],
    ]  # fmt: skip
    resolved = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    # A local build label (torch's +cpu) is nowhere but on the machine that resolved it.
    lines = [line.partition("+")[0] for line in resolved.splitlines() if line and not line.startswith("#")]
    (ROOT / "requirements.lock").write_text(HEAD + "\n".join([RASA, *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
