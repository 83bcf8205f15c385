"""The address that links in mails begin with, where no request tells it."""

from django.conf import settings


def site_address() -> str:
    """`SITE_URL`, or a guess from the first allowed host; without a slash at the end."""
    if settings.SITE_URL:
        return settings.SITE_URL.rstrip("/")
    hosts = [host.lstrip(".") for host in settings.ALLOWED_HOSTS if host != "*"]
    scheme = "https" if settings.SECURE_SSL_REDIRECT else "http"
    return f"{scheme}://{hosts[0] if hosts else 'localhost:8000'}"
