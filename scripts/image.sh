#!/bin/sh
# The commands of the container image, one word each. CI runs the same ones without a container: `make image-trial`.
set -eu
cd "$(dirname "$0")/.."
VENV="${VENV:-/opt/venv}"

case "${1:-}" in
install) # packages
    python3 -m venv "$VENV"
    "$VENV/bin/pip" install -qq --no-cache-dir --disable-pip-version-check -r requirements.txt
    ;;
static) # static files, compressed; the settings that a build does not know stand for nothing here
    SECRET_KEY=no-secret-is-needed-to-collect-static-files-xxxxxxxxxx ALLOWED_HOSTS=localhost EMAIL_URL=dummymail:// \
        "$VENV/bin/python" manage.py collectstatic --no-input --verbosity 0
    ;;
site)
    exec "$VENV/bin/python" -m uvicorn config.asgi:application --host 0.0.0.0 --port "${PORT:-8000}" \
        --no-server-header --timeout-graceful-shutdown 10
    ;;
worker)
    exec "$VENV/bin/python" manage.py qcluster
    ;;
healthy)
    exec "$VENV/bin/python" -c "from http.client import HTTPConnection as Connection
site = Connection('127.0.0.1', ${PORT:-8000}, timeout=3)
site.request('GET', '/healthz')
raise SystemExit(site.getresponse().status != 200)"
    ;;
manage) # any command of manage.py: migrate, createsuperuser, …
    shift
    exec "$VENV/bin/python" manage.py "$@"
    ;;
*)
    echo "usage: image.sh install | static | site | worker | healthy | manage COMMAND" >&2
    exit 2
    ;;
esac
