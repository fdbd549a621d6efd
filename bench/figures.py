"""How measurements speak: percentiles, the machine they ran on, and one JSON object as the last line."""

import json
import math
import os
import platform
from collections.abc import Collection, Mapping
from importlib.metadata import version
from typing import Any


def percentile(values: Collection[float], share: float) -> float:
    """Give the value that this share of the values does not exceed; NaN when there are none."""
    ranked = sorted(values)
    return ranked[max(0, math.ceil(share * len(ranked)) - 1)] if ranked else math.nan


def spread(values: Collection[float]) -> dict[str, float]:
    """Give median, 95th and 99th percentile of values in milliseconds."""
    shares = {"p50_ms": 0.5, "p95_ms": 0.95, "p99_ms": 0.99}
    return {name: round(percentile(values, share), 2) for name, share in shares.items()}


def machine(*packages: str) -> dict[str, Any]:
    """Say on what a measurement ran."""
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        **{package: version(package) for package in packages},
    }


def finish(figures: Mapping[str, Any], *, as_json: bool) -> None:
    """Print the figures for people, and as one line for scripts when asked."""
    for name, value in figures.items():
        print(f"{name}: {value}")
    if as_json:
        print(json.dumps(figures))
