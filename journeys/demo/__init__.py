"""The demo: one story about a group with four businesses under one roof. `manage.py demo` puts it in place."""
