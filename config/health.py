"""Whether the process lives and whether it can do its work, for whoever watches over it."""

import logging

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_q.models import Failure
from django_q.status import Stat
from redis import RedisError

logger = logging.getLogger("throughline.health")


@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 when database, migrations and worker are well, else 503; failed tasks are counted for a person to look at."""
    parts = {"database": False, "migrations": False, "worker": False, "failed_tasks": None}
    try:
        connection.ensure_connection()
        parts["database"] = True
        parts["migrations"] = not unapplied()
        if parts["migrations"]:
            parts["failed_tasks"] = Failure.objects.count()
            parts["worker"] = bool(Stat.get_all())
    except (DatabaseError, RedisError):
        logger.exception("not ready")
    well = all(parts[name] for name in ["database", "migrations", "worker"])
    return JsonResponse({"ready": well, **parts}, status=200 if well else 503)


def unapplied() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
