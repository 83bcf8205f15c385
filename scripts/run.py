"""Start everything in one terminal: `make run`.

Prepares the database and the static files, starts the site and the worker, prints the address and the sign-ins, and
ends both on Ctrl-C. When one of the two dies, the other is ended too and the exit code is 1.
"""

import contextlib
import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = "127.0.0.1"
PATIENCE = 15  # seconds to end by oneself
FIRST_ENV = """# Made by `make run` for this machine alone; .env.example lists what else may stand here.
DEBUG=true
SECRET_KEY={key}
"""


def stop(sentence: str):
    sys.exit(f"throughline: {sentence}")


def make_env_file(path: Path) -> None:
    """The settings of a first run; a file that is there stays as it is."""
    if path.exists():
        return
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(FIRST_ENV.format(key=secrets.token_hex(32)))


def chosen_port(given: str) -> int:
    if not given.isdecimal() or not 0 < int(given) < 65536:
        stop(f"PORT must be a number from 1 to 65535, not “{given}”.")
    return int(given)


def check_free(host: str, port: int) -> None:
    try:
        with socket.create_server((host, port)):
            pass
    except OSError as error:
        why, other = os.strerror(error.errno or 0), port % 65535 + 1
        stop(f"port {port} cannot be used ({why}); choose another: make run PORT={other}.")


def prepare() -> str:
    """Database, static files and, the first time, the demo workspace; returns how to sign in."""
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "prepare.py"], stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.returncode if done.returncode > 0 else 130)
    return done.stdout


def start(*arguments: str) -> subprocess.Popen:
    """A process of its own session: Ctrl-C reaches it through this program alone, so that it ends in order."""
    return subprocess.Popen([sys.executable, *arguments], cwd=ROOT, start_new_session=True)


def answers(host: str, port: int) -> bool:
    """Whether the site is up. Asked without urllib, which would go through a proxy that the environment names."""
    connection = http.client.HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def end(processes: dict[str, subprocess.Popen]) -> None:
    for process in processes.values():
        process.terminate()
    deadline = time.monotonic() + PATIENCE
    for process in processes.values():
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, deadline - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):  # nothing of it is left
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def watch(processes: dict[str, subprocess.Popen], host: str, port: int, sign_ins: str, asked_to_end: list[int]) -> int:
    """Wait until somebody asks to end or a process dies; returns the exit code."""
    said = False
    while not asked_to_end:
        for name, process in processes.items():
            if process.poll() is not None:
                print(f"throughline: the {name} ended by itself (exit code {process.returncode}).", file=sys.stderr)
                return 1
        if not said and answers(host, port):
            name = "localhost" if host == LOOPBACK else host
            print(f"\nThroughline is at http://{name}:{port}/\n{sign_ins}\nCtrl-C ends it.\n", flush=True)
            said = True
        time.sleep(0.2)
    return 0


def main() -> int:
    os.chdir(ROOT)
    host, port = os.environ.get("HOST") or LOOPBACK, chosen_port(os.environ.get("PORT") or "8000")
    make_env_file(Path(os.environ.setdefault("ENV_FILE", str(ROOT / ".env"))))
    check_free(host, port)
    os.environ["STATIC_COLLECTED"] = "true"
    asked_to_end: list[int] = []
    sign_ins = prepare()
    for number in [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]:
        signal.signal(number, lambda number, frame: asked_to_end.append(number))
    processes = {
        "site": start(
            *["-m", "uvicorn", "config.asgi:application", "--host", host, "--port", str(port)],
            *["--no-server-header", "--timeout-graceful-shutdown", "3"],
        ),
        "worker": start("manage.py", "qcluster"),
    }
    try:
        return watch(processes, host, port, sign_ins, asked_to_end)
    finally:
        end(processes)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
