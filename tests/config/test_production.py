"""The site as it stands in production: compressed static files, headers, hosts, log. It runs for real."""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time

import pytest
from django.conf import settings

from tests.config.test_environment import PRODUCTION

SIGN_IN = "/accounts/login/"


class Site:
    def __init__(self, folder):
        with socket.create_server(("127.0.0.1", 0)) as server:
            self.port = server.getsockname()[1]
        self.log = folder / "log"
        environment = {
            **PRODUCTION,
            "PATH": os.environ["PATH"],
            "DATA_DIR": str(folder),
            "STATIC_ROOT": str(folder / "static"),
            "TRUST_PROXY": "true",
        }
        for command in ["collectstatic", "migrate"]:
            arguments = [sys.executable, "manage.py", command, "--no-input", "-v0"]
            subprocess.run(arguments, cwd=settings.BASE_DIR, env=environment, check=True)
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "uvicorn",
                "config.asgi:application",
                "--port",
                str(self.port),
                "--no-server-header",
            ],
            cwd=settings.BASE_DIR,
            env=environment,
            stderr=self.log.open("w"),
        )

    def get(self, path, **headers):
        """Ask as the proxy does that ends TLS in front."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        asked = {"Host": "throughline.example", "X-Forwarded-Proto": "https", **headers}
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in asked.items()})
        answer = connection.getresponse()
        answer.body = answer.read()
        connection.close()
        return answer


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("production"))
    for _ in range(100):
        time.sleep(0.2)
        try:
            site.get("/healthz")
            break
        except OSError:
            assert site.process.poll() is None, site.log.read_text()
    yield site
    site.process.terminate()
    site.process.wait(20)


def static_addresses(site) -> list[str]:
    return re.findall(r'(?:href|src)="(/static/[^"#]+)', site.get(SIGN_IN).body.decode())


@pytest.mark.parametrize(("asked", "given"), [("br, gzip", "br"), ("gzip", "gzip"), ("identity", None)])
def test_static_files_are_compressed_and_kept_for_ever(site, asked, given):
    sheets = [address for address in static_addresses(site) if address.endswith((".css", ".js"))]
    assert sheets

    for address in sheets:
        answer = site.get(address, Accept_Encoding=asked)
        assert answer.status == 200
        assert answer.headers["Content-Encoding"] == given
        assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_modules_import_modules_under_their_lasting_names(site):
    """Otherwise a browser would load a part of the scripts from yesterday after an update."""
    for address in static_addresses(site):
        if address.endswith(".js") and "/static/js/" in address:
            text = site.get(address).body.decode()
            for imported in re.findall(r"""from\s*["'](\.[^"']+).headers["']""", text):
                assert re.search(r"\.[0-9a-f]{12}\.js$", imported), (address, imported)


def test_page_is_compressed(site):
    answer = site.get(SIGN_IN, Accept_Encoding="gzip")

    assert (answer.status, answer.headers["Content-Encoding"]) == (200, "gzip")


def test_headers_of_a_page(site):
    answer = site.get(SIGN_IN)
    policy = {rule.strip() for rule in answer.headers["Content-Security-Policy"].split(";")}

    assert policy >= {"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"}
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Server"] is None
    cookies = answer.headers.get_all("Set-Cookie")
    assert cookies
    assert all("Secure" in cookie and "SameSite=Lax" in cookie for cookie in cookies)


def test_plain_http_goes_to_https(site):
    answer = site.get(SIGN_IN, X_Forwarded_Proto="http")

    assert (answer.status, answer.headers["Location"]) == (301, "https://throughline.example/accounts/login/")


def test_unknown_host_is_refused(site):
    assert site.get(SIGN_IN, Host="elsewhere.example").status == 400


def test_probes_over_plain_http_by_address(site):
    assert site.get("/healthz", Host=f"127.0.0.1:{site.port}", X_Forwarded_Proto="http").status == 200
    assert site.get("/readyz", Host=f"127.0.0.1:{site.port}", X_Forwarded_Proto="http").status == 503


def test_error_page_tells_nothing_of_the_inside(site):
    answer = site.get("/no-such-page/")

    assert answer.status == 404
    assert b"urlpatterns" not in answer.body
    assert b"URLconf" not in answer.body


def test_log_is_json_with_the_request_id(site):
    wanted = site.get(SIGN_IN, X_Request_Id="from-the-proxy-1").headers["X-Request-Id"]
    site.get("/no-such-page/", X_Request_Id="from-the-proxy-2")

    lines = [json.loads(line) for line in site.log.read_text().splitlines()]
    (line,) = [line for line in lines if line["request"] == wanted]
    assert wanted == "from-the-proxy-1"
    assert line.items() >= {"method": "GET", "route": "accounts/login/", "status": 200, "level": "INFO"}.items()
    assert {line["logger"] for line in lines if line["request"] == "from-the-proxy-2"} == {
        "throughline.requests",
        "django.request",
    }
