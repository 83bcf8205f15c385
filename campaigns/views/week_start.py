"""On which day weeks begin, as people are used to where they live."""

import re

from django.http import HttpRequest

from campaigns.drawing.days import MONDAY, SATURDAY, SUNDAY

# By the territories of the Common Locale Data Repository; everywhere else weeks begin on Monday, as ISO numbers them.
SUNDAYS = re.compile(
    "A[GS]|B[DRSTWZ]|C[AO]|D[MO]|ET|G[TU]|H[KN]|I[DLN]|J[MP]|K[EHR]|LA|M[HMOTXZ]|N[IP]|P[AEHKRTY]|S[AGV]|T[HTW]|"
    "U[MS]|V[EI]|WS|YE|Z[AW]"
)
SATURDAYS = re.compile("A[EF]|BH|D[JZ]|EG|I[QR]|JO|KW|LY|OM|QA|S[DY]")


def week_start(request: HttpRequest) -> int:
    """The ISO weekday that weeks begin with for this reader, by the region that their browser names first."""
    wanted = request.headers.get("Accept-Language", "").split(",")[0].split(";")[0]
    region = wanted.strip().rpartition("-")[2].upper() if "-" in wanted else ""
    if SUNDAYS.fullmatch(region):
        return SUNDAY
    return SATURDAY if SATURDAYS.fullmatch(region) else MONDAY
