"""Contact pressure: policies, a calendar of messages and audiences in; what goes, what is held and why out.

Knows nothing of Django or of databases. The calendar replays plans with it, the counter asks it before each message.
"""
