"""Find a Chromium for the browser tests, install Debian's where that is possible, and print where it is.

Prints nothing on standard output when there is none: the browser tests are skipped then, except in CI, where it fails.
`CHROMIUM` names one by hand.
"""

import os
import shutil
import subprocess
import sys

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]


def find() -> str | None:
    """The path of a Chromium, or None."""
    given = os.environ.get("CHROMIUM")
    if given:
        return shutil.which(given)
    return next((path for path in map(shutil.which, NAMES) if path), None)


def install() -> None:
    if os.geteuid() or not shutil.which("apt-get"):
        return
    print("Installing Chromium for the browser tests", file=sys.stderr, flush=True)
    for command in [["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]]:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", *command], env=environment, stdout=subprocess.DEVNULL, check=False)


def main() -> int:
    if not find():
        install()
    path = find()
    if path:
        print(path)
        return 0
    if os.environ.get("CI") == "true":
        print("throughline: no Chromium was found, and CI does not skip the browser tests.", file=sys.stderr)
        return 1
    print("The browser tests are skipped: no Chromium was found; CHROMIUM=/path names one.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
