"""Write constraints.txt: the exact versions of the packages that our lists bring along without naming them."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD = "# Exact versions of what the packages of the other lists bring along. Made by `make constraints`.\n"


def named() -> set[str]:
    lines = [line for path in ROOT.glob("requirements*.txt") for line in path.read_text().splitlines()]
    return {re.split(r"[\[=]", line)[0].lower() for line in lines if "==" in line}


if __name__ == "__main__":
    frozen = subprocess.run([sys.executable, "-m", "pip", "freeze"], capture_output=True, text=True, check=True).stdout
    ours = named()
    brought = [line for line in frozen.splitlines() if "==" in line and line.split("==")[0].lower() not in ours]
    (ROOT / "constraints.txt").write_text(HEAD + "\n".join(brought) + "\n")
