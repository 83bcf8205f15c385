"""scripts/environment.py: a missing piece is said in one sentence, and nothing is done twice."""

import os
import shutil
import subprocess
import sys

import pytest
from django.conf import settings

HIDE = """
import importlib.util, runpy, sys
find = importlib.util.find_spec
importlib.util.find_spec = lambda name: None if name in {hidden!r} else find(name)
sys.argv = ["environment.py", "requirements.txt"]
runpy.run_path({script!r}, run_name="__main__")
"""


@pytest.fixture
def project(tmp_path):
    """A project of its own, with no packages to install."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(settings.BASE_DIR / "scripts" / "environment.py", tmp_path / "scripts")
    (tmp_path / "requirements.txt").write_text("# nothing\n-c constraints.txt\n")
    (tmp_path / "constraints.txt").write_text("# nothing\n")
    return tmp_path


def install(project, hidden=()):
    code = HIDE.format(hidden=set(hidden), script=str(project / "scripts" / "environment.py"))
    environment = os.environ | {"PIP_NO_INDEX": "1"}
    return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)


def test_install_happens_once_and_again_when_a_list_changes(project):
    first, second = install(project), install(project)
    (project / "constraints.txt").write_text("# changed\n")
    third = install(project)

    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith("Making the virtual environment .venv\nInstalling the packages of requirements.txt")
    assert (second.returncode, second.stdout) == (0, "")
    assert third.stdout.startswith("Installing the packages of requirements.txt")


def test_install_mends_a_broken_environment(project):
    (project / ".venv" / "bin").mkdir(parents=True)
    (project / ".venv" / "bin" / "python").symlink_to("/no/such/python")

    assert install(project).returncode == 0
    assert (project / ".venv" / "installed-requirements.txt").exists()


def test_install_where_python_ships_no_pip_of_its_own(project):
    """Debian's python3 with python3-pip and without python3-venv."""
    done = install(project, hidden=["ensurepip"])

    assert done.returncode == 0, done.stderr
    assert not list((project / ".venv").glob("bin/pip*"))


@pytest.mark.parametrize("hidden", [["venv"], ["ensurepip", "pip"]])
def test_install_without_venv_or_pip(project, hidden):
    done = install(project, hidden)

    assert (done.returncode, done.stderr) == (
        1,
        "throughline: Python's venv module or pip is missing; "
        "on Debian and Ubuntu: apt install python3-venv python3-pip.\n",
    )


def test_install_when_pip_fails(project):
    (project / "requirements.txt").write_text("throughline-no-such-package==1\n")

    done = install(project)

    assert done.returncode == 1
    assert done.stderr == (
        "throughline: pip could not install the packages of requirements.txt: "
        "ERROR: No matching distribution found for throughline-no-such-package==1\n"
    )


def test_old_python(project):
    code = f"""
import sys; sys.version_info = (3, 9, 2); sys.argv = ["environment.py", "requirements.txt"]
import runpy; runpy.run_path({str(project / "scripts" / "environment.py")!r}, run_name="__main__")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (
        1,
        "throughline: Python 3.11 or newer is needed, and this is 3.9; name another: make PYTHON=/path/to/python3.\n",
    )


@pytest.mark.skipif(not shutil.which("make"), reason="no make was found")
def test_make_without_python():
    done = subprocess.run(
        ["make", "run", "PYTHON=no-such-python"], cwd=settings.BASE_DIR, capture_output=True, text=True
    )

    assert done.returncode == 2
    assert done.stderr.startswith("throughline: no-such-python was not found; Python 3.11 or newer is needed.\n")
