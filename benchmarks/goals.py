"""What the speed table has to reach. Ratios are against the floor measured in the same run."""

GOALS = {
    "map_page_cold_ratio": 25.0,
    "map_page_warm_ratio": 4.0,
    "map_page_queries": 12,
    "map_page_queries_growth": 0,
    "card_edit_ratio": 4.0,
    "calendar_ratio": 8.0,
    "calendar_queries_growth": 0,
    "growth_ratio": 1.3,
    "analysis_ratio": 5.0,
    "projection_s": 2.0,
    "replay_s": 1.0,
    "held_s": 1.0,
    "page_kb_script": 60.0,
    "page_kb_style": 30.0,
    "page_kb_all": 150.0,
    "largest_paint_s": 1.0,
    "layout_shift": 0.05,
}
MEANING = {
    "map_page_cold_ratio": "the Benchmark map, drawn anew, against a ready page of its size",
    "map_page_warm_ratio": "the same when nothing changed since last time",
    "map_page_queries": "queries of the map page, at most, over roles",
    "map_page_queries_growth": "queries more with 400 cards than with 4",
    "card_edit_ratio": "saving a card in the panel, against one update and one insert",
    "calendar_ratio": "the calendar's month with 1,000 entries, against a plain list of the same rows",
    "calendar_queries_growth": "queries more with 1,000 entries than with 100",
    "growth_ratio": "map page, lists and search with 3,000 maps and 5,000 experiments against 30 and 50, and the "
    "calendar with 20 times more entries around its month: the worst",
    "analysis_ratio": "analyzing 4 variants × 10 metrics, against 30 bare t-tests and a chi-square",
    "projection_s": "10,000 draws of 24 months, 8 stages and 6 channels, all of them ranges, s",
    "replay_s": "contact pressure of 200 daily messages to 20 segments over 90 days, s of one processor",
    "held_s": "why a page of 25 of these messages is held, s of one processor",
    "page_kb_script": "JavaScript over the wire, KB",
    "page_kb_style": "CSS over the wire, KB",
    "page_kb_all": "everything over the wire, KB",
    "largest_paint_s": "largest contentful paint, s",
    "layout_shift": "cumulative layout shift",
}


def worst(results: dict[str, dict[str, float]]) -> dict[str, float]:
    """Each figure once: the largest over the databases."""
    names = {name for result in results.values() for name in result}
    return {name: max(result[name] for result in results.values() if name in result) for name in sorted(names)}


def misses(summary: dict[str, float]) -> list[str]:
    return [name for name, goal in GOALS.items() if name not in summary or summary[name] > goal]
