"""How secrets that people or programs hold are kept here."""

import hashlib


def digest(secret: str) -> str:
    """SHA-256 as 64 hex digits. Good enough for long random secrets; passwords need more and have their own hasher."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
