"""`make run`: what it needs, what it says when that is missing, and how it ends."""

import http.client
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings

from scripts import run

SCRIPT = settings.BASE_DIR / "scripts" / "run.py"
TEXT = {"capture_output": True, "text": True}
SLEEPER = "import time; time.sleep(60)"


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class Launched:
    """The launcher with data of its own, read line by line."""

    def __init__(self, folder: Path, port: int):
        self.port = port
        environment = {
            **{name: value for name, value in os.environ.items() if name not in {"TESTING", "DATABASE_URL"}},
            "ENV_FILE": str(folder / ".env"),
            "DATA_DIR": str(folder / "data"),
            "PORT": str(port),
            "STATIC_ROOT": str(folder / "static"),
        }
        self.process = subprocess.Popen(
            [sys.executable, str(SCRIPT)], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.printed = ""

    def wait_until_up(self) -> None:
        watchdog = threading.Timer(240, self.process.kill)
        watchdog.start()
        for line in self.process.stdout:
            self.printed += line
            if line.startswith("Ctrl-C"):
                break
        watchdog.cancel()

    def get(self, path: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()

    def end(self, signal_number: int) -> int:
        self.process.send_signal(signal_number)
        self.printed += self.process.communicate(timeout=40)[0]
        return self.process.returncode


def refuses(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) != 0


def test_two_runs(tmp_path, free_port):
    """The first run makes everything, says where it is and who may sign in; the second is quick and keeps the data."""
    first = Launched(tmp_path, free_port)
    first.wait_until_up()

    assert f"Throughline is at http://localhost:{free_port}/" in first.printed, first.printed
    assert "owner@demo.example" in first.printed
    assert "with the password throughline" in first.printed
    assert first.get("/healthz") == (200, b"ok")
    assert first.get("/accounts/login/")[0] == 200
    deadline = time.monotonic() + 30
    while first.get("/readyz")[0] != 200 and time.monotonic() < deadline:
        time.sleep(0.3)
    assert first.get("/readyz")[0] == 200, first.get("/readyz")
    assert first.end(signal.SIGINT) == 0, first.printed
    assert "Traceback" not in first.printed
    assert refuses(free_port)

    started = time.monotonic()
    second = Launched(tmp_path, free_port)
    second.wait_until_up()

    assert "owner@demo.example" in second.printed, second.printed
    assert "Making the demo" not in second.printed
    assert "Collecting" not in second.printed
    assert time.monotonic() - started < 30
    assert second.end(signal.SIGTERM) == 0
    assert refuses(free_port)


def test_port_that_is_taken():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        done = subprocess.run(
            [sys.executable, SCRIPT], env=os.environ | {"PORT": str(port), "ENV_FILE": os.devnull}, **TEXT
        )

    assert done.returncode == 1
    assert done.stderr == (
        f"throughline: port {port} cannot be used (Address already in use); "
        f"choose another: make run PORT={port % 65535 + 1}.\n"
    )


@pytest.mark.parametrize("port", ["0", "65536", "eighty", "-1", "80 80"])
def test_port_that_is_none(port):
    done = subprocess.run([sys.executable, SCRIPT], env=os.environ | {"PORT": port}, **TEXT)

    assert (done.returncode, done.stderr) == (
        1,
        f"throughline: PORT must be a number from 1 to 65535, not “{port}”.\n",
    )


def test_bad_setting_ends_the_run_with_its_sentence(tmp_path, free_port):
    (tmp_path / ".env").write_text("DEBUG=true\nREDIS_URL=localhost\n")
    launched = Launched(tmp_path, free_port)
    launched.wait_until_up()

    assert launched.process.wait() == 1
    assert launched.printed.startswith("Throughline cannot start: REDIS_URL must begin with redis://")
    assert launched.printed.count("\n") == 1


def test_env_file_of_a_first_run(tmp_path):
    path = tmp_path / ".env"

    run.make_env_file(path)

    assert re.search(r"^DEBUG=true\nSECRET_KEY=[0-9a-f]{64}$", path.read_text(), re.M)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_env_file_that_is_there_stays(tmp_path):
    path = tmp_path / ".env"
    path.write_text("DEBUG=false\n")

    run.make_env_file(path)

    assert path.read_text() == "DEBUG=false\n"


def test_when_one_dies_the_run_ends_with_an_error(capfd, free_port):
    processes = {"site": run.start("-c", SLEEPER), "worker": run.start("-c", "raise SystemExit(3)")}
    try:
        code = run.watch(processes, "127.0.0.1", free_port, "", [])
    finally:
        run.end(processes)

    assert code == 1
    assert capfd.readouterr().err == "throughline: the worker ended by itself (exit code 3).\n"
    assert processes["site"].returncode == -signal.SIGTERM


def test_end_reaches_what_the_processes_started(tmp_path):
    """A worker has processes of its own: none of them outlives the launcher, even when its parent was killed."""
    note = tmp_path / "pid"
    code = (
        f"import subprocess, sys, time; child = subprocess.Popen([sys.executable, '-c', {SLEEPER!r}]); "
        f"open({str(note)!r}, 'w').write(str(child.pid)); time.sleep(60)"
    )
    process = run.start("-c", code)
    while not (note.exists() and note.read_text()):
        time.sleep(0.05)

    run.end({"worker": process})

    for _ in range(40):  # whoever adopted it has to take note first
        if not alive(int(note.read_text())):
            return
        time.sleep(0.1)
    pytest.fail("a process was left over")


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not (state.exists() and state.read_text().rsplit(")", 1)[1].split()[0] == "Z")
