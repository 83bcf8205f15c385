"""Read before Django's settings: tests run with `TESTING`."""

import os

os.environ["TESTING"] = "1"
