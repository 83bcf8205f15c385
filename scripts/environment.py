"""Make the virtual environment .venv and install packages into it: `python3 scripts/environment.py requirements.txt`.

Needs Python's standard library alone, says what is missing in one sentence, and does nothing when nothing changed.
"""

import hashlib
import importlib.util
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
OLDEST = (3, 11)


def stop(sentence):
    sys.exit("throughline: " + sentence)


def check_python(version=sys.version_info):
    if tuple(version[:2]) < OLDEST:
        needed, found = ("{}.{}".format(*numbers[:2]) for numbers in (OLDEST, version))
        stop(f"Python {needed} or newer is needed, and this is {found}; name another: make PYTHON=/path/to/python3.")


def has(module):
    return importlib.util.find_spec(module) is not None


def works(*arguments):
    return subprocess.run([PYTHON, *arguments], capture_output=True, check=False).returncode == 0


def make_venv():
    """A virtual environment, or nothing where a working one is; without its own pip where Python ships none."""
    if os.path.exists(PYTHON) and works("-c", ""):
        return
    if not has("venv") or not (has("ensurepip") or has("pip")):
        stop("Python's venv module or pip is missing; on Debian and Ubuntu: apt install python3-venv python3-pip.")
    print("Making the virtual environment .venv", flush=True)
    without = [] if has("ensurepip") else ["--without-pip"]
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", *without, VENV], check=False, capture_output=True)
    if made.returncode:
        stop(f"the virtual environment could not be made: {last_line(made.stderr)}")


def install(requirements):
    stamp = os.path.join(VENV, f"installed-{os.path.basename(requirements)}")
    wanted = fingerprint(requirements)
    if os.path.exists(stamp) and read(stamp) == wanted:
        return
    print(f"Installing the packages of {requirements}: a minute or two, this time only", flush=True)
    command = [PYTHON, "-m", "pip"] if works("-c", "import pip") else [sys.executable, "-m", "pip", "--python", PYTHON]
    done = subprocess.run(
        [*command, "install", "--quiet", "--disable-pip-version-check", "--no-input", "-r", requirements],
        cwd=ROOT,
        check=False,
        stderr=subprocess.PIPE,
    )
    if done.returncode:
        stop(f"pip could not install the packages of {requirements}: {last_line(done.stderr)}")
    with open(stamp, "w", encoding="utf-8") as file:
        file.write(wanted)


def fingerprint(requirements):
    """Changes when the file or one that it includes with `-r` or `-c` changes."""
    text = read(os.path.join(ROOT, requirements))
    included = [line.split()[1] for line in text.splitlines() if line.startswith(("-r ", "-c "))]
    return hashlib.sha256("".join([text, *map(fingerprint, included)]).encode()).hexdigest()


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def last_line(output):
    """The last error that a program printed, or its last words when it names none."""
    lines = [line.strip() for line in output.decode(errors="replace").splitlines() if line.strip()]
    errors = [line for line in lines if line.lower().startswith("error")]
    return (errors or lines or ["it said nothing."])[-1]


if __name__ == "__main__":
    check_python()
    try:
        make_venv()
        install(sys.argv[1])
    except KeyboardInterrupt:
        sys.exit(130)
