"""How measurements speak: percentiles, the machine they ran on, and one JSON object as the last line."""

import json
import math
import os
import platform
from collections.abc import Collection, Mapping
from pathlib import Path
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
    from importlib.metadata import version  # slow to load, and this module is loaded by what is measured

    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_gb": _memory_gb(),
        "load_before": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        **{package: version(package) for package in packages},
    }


def _memory_gb() -> float | None:
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9)
    except (AttributeError, ValueError):  # not on Windows
        return None


def finish(figures: Mapping[str, Any], *, as_json: bool) -> None:
    """Print the figures for people, and as one line for scripts when asked."""
    for name, value in figures.items():
        print(f"{name}: {value}")
    if as_json:
        print(json.dumps(figures))


def resident_mb() -> float:
    """Give how much memory this process holds now, in megabytes; NaN where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return math.nan
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)
