"""Baseline for a hold: a countdown of twelve seconds with nothing but Rich's Live."""

import time

from rich.live import Live
from rich.panel import Panel

SECONDS = 12

with Live(Panel(f"PRESS {SECONDS}"), screen=True) as live:
    end = time.monotonic() + SECONDS
    while (left := end - time.monotonic()) > 0:
        live.update(Panel(f"PRESS {left:.0f}"))
        time.sleep(0.1)
