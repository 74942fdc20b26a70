# SPDX-License-Identifier: Apache-2.0
"""The counters and clocks of one application, in a registry of its own; labels come from closed sets only."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.core import Metric
from prometheus_client.gc_collector import GCCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from gems_platform.observing.noted import Noted

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_STORE_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_MOST_NAMES = 200  # of codes and of duties: both are written in the source, and bounded all the same
OTHER = "other"


class Metrics(Collector):
    """What is counted as it happens; `registry` is what /metrics shows. Safe from any thread."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry(auto_describe=True)
        ProcessCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        self._seen: dict[str, set[str]] = {"code": set(), "duty": set()}
        self._lock = threading.Lock()
        self._make_http()
        self._make_store()
        self._make_duties()

    def collect(self) -> Iterator[Metric]:
        """What /metrics shows: the registry without the times at which its counters were made."""
        for family in self.registry.collect():
            family.samples = [one for one in family.samples if not one.name.endswith("_created")]
            yield family

    def _make_http(self) -> None:
        registry = self.registry
        labels = ("method", "route")
        self._requests = Counter(
            "gems_http_requests", "Requests answered.", (*labels, "status"), registry=registry
        )
        self._latency = Histogram(
            "gems_http_request_seconds",
            "Time to an answer's end.",
            labels,
            buckets=_SECONDS,
            registry=registry,
        )
        self.running = Gauge("gems_http_requests_running", "Requests being served now.", registry=registry)
        self._refused = Counter(
            "gems_refusals", "Requests refused, by error code.", ("code",), registry=registry
        )
        self._accepted = Counter(
            "gems_accepted", "Leases, answers and votes that were taken.", ("what",), registry=registry
        )
        for what in ("leases", "review_leases", "answers", "votes"):
            self._accepted.labels(what)

    def _make_store(self) -> None:
        registry = self.registry
        self._transactions = Counter(
            "gems_store_transactions", "Transactions that ended.", ("kind", "end"), registry=registry
        )
        self._transaction_time = Histogram(
            "gems_store_transaction_seconds",
            "From a transaction's begin to its end.",
            ("kind",),
            buckets=_STORE_SECONDS,
            registry=registry,
        )
        self._contended = Counter(
            "gems_store_contended",
            "Statements that the store refused for now, to be tried again.",
            registry=registry,
        )

    def _make_duties(self) -> None:
        registry = self.registry
        self._duty_runs = Counter("gems_duty_runs", "Runs of a duty.", ("duty", "end"), registry=registry)
        self._duty_time = Histogram(
            "gems_duty_seconds", "Time of one run.", ("duty",), buckets=_SECONDS, registry=registry
        )
        self._duty_last = Gauge(
            "gems_duty_last_done_timestamp_seconds",
            "When a duty was last done in this process.",
            ("duty",),
            registry=registry,
        )
        self._done_at: dict[str, float] = {}
        self._tried_at = 0.0

    def answered(self, method: str, route: str, status: int, seconds: float, noted: Noted) -> None:
        """A request ended. route: a template out of the application, or a word; never a path."""
        verb = method if method in _METHODS else OTHER
        self._requests.labels(verb, route, str(status)).inc()
        self._latency.labels(verb, route).observe(seconds)
        if status >= 400 and noted.code:
            self._refused.labels(self._known("code", noted.code)).inc()
        if status < 400:
            for what, count in noted.accepted.items():
                self._accepted.labels(what).inc(count)

    def transaction(self, kind: str, end: str, seconds: float) -> None:
        """A transaction ended. kind: read | write; end: committed | rolled_back | read."""
        self._transactions.labels(kind, end).inc()
        self._transaction_time.labels(kind).observe(seconds)

    def contended(self) -> None:
        """The store refused a statement that will be tried again."""
        self._contended.inc()

    def duty_ran(self, name: str, seconds: float, fault: str | None) -> None:
        """See observed.Observed."""
        duty, now = self._known("duty", name), time.time()
        self._duty_runs.labels(duty, "failed" if fault else "done").inc()
        self._duty_time.labels(duty).observe(seconds)
        with self._lock:
            self._tried_at = time.monotonic()
            if fault is None:
                self._done_at[duty] = now
        if fault is None:
            self._duty_last.labels(duty).set(now)

    def duties_idle_s(self) -> float | None:
        """Seconds since any duty last ran in this process; None if none ever did."""
        with self._lock:
            return time.monotonic() - self._tried_at if self._tried_at else None

    def duties_done(self) -> dict[str, float]:
        """Unix seconds at which each duty was last done in this process."""
        with self._lock:
            return dict(self._done_at)

    def _known(self, kind: str, name: str) -> str:
        with self._lock:
            seen = self._seen[kind]
            if name not in seen and len(seen) >= _MOST_NAMES:
                return OTHER
            seen.add(name)
            return name
