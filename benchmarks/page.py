"""What Chromium gets and shows when it opens the Benchmark map, from a site as in production. Prints JSON."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

from playwright.sync_api import Page, sync_playwright

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
MAKE = """
from journeys.demo.large import SLUG
from journeys.models import Map
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.auth import SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY
journey = Map.objects.get(title="Benchmark map")
user = journey.owner.user
session = SessionStore()
session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session.create()
print(session.session_key, f"/w/{SLUG}/maps/{journey.pk}/")
"""
WATCH = """
window.seen = {paint: 0, shift: 0};
new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.seen.paint = entry.startTime; })
  .observe({type: "largest-contentful-paint", buffered: true});
const unexpected = (list) => list.getEntries().filter((entry) => !entry.hadRecentInput);
new PerformanceObserver((list) => { for (const entry of unexpected(list)) window.seen.shift += entry.value; })
  .observe({type: "layout-shift", buffered: true});
"""
KINDS = {"Script": "script", "Stylesheet": "style"}


def main() -> None:
    with tempfile.TemporaryDirectory() as static:
        environment = os.environ | {
            "STATIC_ROOT": static,
            "STATIC_COLLECTED": "true",
            "TESTING": "true",
            "SECURE_SSL_REDIRECT": "false",
        }
        manage(environment, "migrate", "-v0")
        manage(environment, "collectstatic", "--noinput", "-v0")
        manage(environment, "demo", "--size", "large")
        session, path = manage(environment, "shell", "-v0", "-c", MAKE).split()
        port = free_port()
        site = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "config.asgi:application", "--port", str(port), "--log-level", "warning"],
            env=environment,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/healthz")
            print(json.dumps(opened(address, path, session)))
        finally:
            site.terminate()
            site.wait()


def manage(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str) -> None:
    for _attempt in range(100):
        try:
            urllib.request.urlopen(address).close()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"{address} does not answer")


def opened(address: str, path: str, session: str) -> dict[str, float]:
    """Open the map three times with an empty cache; bytes of the first, the median paint and shift."""
    runs = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or "/usr/bin/chromium", args=FLAGS
        )
        for _run in range(3):
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
            runs.append(visit(context.new_page(), address + path))
            context.close()
        browser.close()
    middle = sorted(runs, key=lambda run: run["largest_paint_s"])[1]
    return runs[0] | {name: middle[name] for name in ["largest_paint_s", "layout_shift"]}


def visit(page: Page, url: str) -> dict[str, float]:
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    kinds: dict[str, str] = {}
    sizes: dict[str, float] = {"script": 0, "style": 0, "all": 0}

    def count(event: dict) -> None:
        sizes["all"] += event["encodedDataLength"]
        kind = KINDS.get(kinds.get(event["requestId"], ""))
        if kind:
            sizes[kind] += event["encodedDataLength"]

    network.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    network.on("Network.loadingFinished", count)
    page.add_init_script(WATCH)
    page.goto(url, wait_until="networkidle")
    page.wait_for_timeout(300)
    assert page.locator(".card").count() >= 400
    seen = page.evaluate("window.seen")
    return {
        **{f"page_kb_{name}": round(size / 1024, 1) for name, size in sizes.items()},
        "largest_paint_s": round(seen["paint"] / 1000, 3),
        "layout_shift": round(seen["shift"], 4),
    }


if __name__ == "__main__":
    main()
