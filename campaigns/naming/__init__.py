"""Names in links: pure Python over texts, no Django, no database. `check` is what everybody calls."""
