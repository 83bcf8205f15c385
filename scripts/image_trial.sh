#!/usr/bin/env bash
# Goes through the container file without a container: packages, static files, migration, site, worker, health, end.
# DATABASE_URL and REDIS_URL are taken from the environment; without them, SQLite in a folder that is removed again.
set -euo pipefail
cd "$(dirname "$0")/.."

place=$(mktemp -d)
jobs_started=()
finish() {
    for job in "${jobs_started[@]}"; do kill "$job" 2>/dev/null || true; done
    wait
    rm -rf "$place"
}
trap finish EXIT

mkdir "$place/app"
git ls-files -z | xargs -0 tar -cf - --ignore-failed-read | tar -xf - -C "$place/app"
cd "$place/app"
export VENV="$place/venv" DATA_DIR="$place/data" ENV_FILE=/dev/null DEBUG=false TESTING=false
PORT=$(python3 -c "import socket; s = socket.create_server(('127.0.0.1', 0)); print(s.getsockname()[1])")
export PORT

scripts/image.sh install
scripts/image.sh static
SECRET_KEY=$(python3 -c "import secrets; print(secrets.token_hex(32))")
export SECRET_KEY ALLOWED_HOSTS=localhost EMAIL_URL=dummymail://
scripts/image.sh manage check --deploy --fail-level WARNING
scripts/image.sh manage migrate --no-input --verbosity 0
scripts/image.sh site & jobs_started+=($!)
scripts/image.sh worker & jobs_started+=($!)
for _ in $(seq 60); do
    if scripts/image.sh healthy 2>/dev/null && answer=$(python3 -c "import urllib.request as u; print(u.urlopen('http://127.0.0.1:$PORT/readyz').read().decode())" 2>/dev/null); then
        echo "The image's commands work: $answer"
        for job in "${jobs_started[@]}"; do kill "$job"; done
        wait "${jobs_started[1]}"
        exit 0
    fi
    sleep 0.5
done
echo "The site was not ready within 30 seconds" >&2
exit 1
