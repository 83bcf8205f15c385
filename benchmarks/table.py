from benchmarks.goals import GOALS, MEANING


def table(summary: dict[str, float], results: dict[str, dict[str, float]]) -> str:
    """The figures beside their goals, a column per database."""
    places = list(results)
    head = f"{'figure':26}{'goal':>8}" + "".join(f"{place:>12}" for place in places)
    rows = [head, "-" * len(head)]
    for name in sorted(summary, key=lambda name: list(GOALS).index(name) if name in GOALS else len(GOALS)):
        values = "".join(f"{shown(results[place].get(name)):>12}" for place in places)
        rows.append(f"{name:26}{shown(GOALS.get(name)):>8}{values}  {MEANING.get(name, '')}")
    return "\n".join(rows)


def shown(value: float | None) -> str:
    return "" if value is None else f"{value:.4g}"
