# One image for the site and the worker: `docker run … site`, `docker run --no-healthcheck … worker`.
# What it runs is in scripts/image.sh, and CI runs the same (`make image-trial`). docs/operators.md says how to use it.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 VENV=/opt/venv DATA_DIR=/data
RUN useradd --create-home --uid 10001 throughline && install -d -o throughline /data
WORKDIR /app

COPY requirements.txt constraints.txt ./
COPY scripts/image.sh scripts/image.sh
RUN scripts/image.sh install

COPY . .
RUN scripts/image.sh static

USER throughline
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s CMD ["scripts/image.sh", "healthy"]
ENTRYPOINT ["scripts/image.sh"]
CMD ["site"]
