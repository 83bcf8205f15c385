import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["SERVING"] = "true"  # only the site keeps a pool of database connections: the worker forks
application = get_asgi_application()
