# SPDX-License-Identifier: Apache-2.0
"""The figures as Prometheus gauges, made anew at each scrape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from gems_platform.observing.figures import Figures, StoreFigures
from gems_protocol.amount import UNIT


class Gauges(Collector):
    """Shows `figures`, which whoever answers a scrape sets before."""

    def __init__(self, version: str, engine: str, practice: bool) -> None:
        self._about = {"version": version, "store": engine, "practice": "yes" if practice else "no"}
        self.figures: Figures | None = None

    def describe(self) -> Iterable[Metric]:
        """Nothing: there may be no figures yet."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """The gauges of the newest figures."""
        info = GaugeMetricFamily("gems_info", "1, with what runs as its labels.", labels=tuple(self._about))
        info.add_metric(list(self._about.values()), 1)
        yield info
        found = self.figures
        if found is None:
            return
        yield _one("gems_store_answers", "1 while the store can be read.", int(found.store_answers))
        yield _one("gems_chain_answers", "1 while the chain's node answers.", int(found.head is not None))
        yield _one("gems_disk_free_bytes", "Free disk in the data folder.", found.disk_free)
        if found.head is not None:
            yield _one("gems_chain_head_block", "The newest block that the node knows.", found.head)
        if found.store is not None:
            yield from _of_store(found.store)


def _of_store(store: StoreFigures) -> Iterator[Metric]:
    yield _one("gems_figures_timestamp_seconds", "When store, queue and money were read.", store.at)
    yield _each("gems_campaigns", "Campaigns by state.", "state", store.campaigns_by_state)
    yield _each("gems_queue", "How much waits, by what it is.", "what", asdict(store.queue))
    yield _each(
        "gems_late_seconds", "How long the oldest thing that was due has waited since.", "what", store.late
    )
    # A double holds 15 digits: these are for drawing. Exact figures: `gems platform reconcile`, /status.
    money = {name: units / UNIT for name, units in asdict(store.money).items()}
    yield _each(
        "gems_money_gem",
        "Sums in GEM, rounded to a double: for drawing only; `gems platform reconcile` is exact.",
        "what",
        money,
    )


def _one(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value=value)


def _each(name: str, text: str, label: str, values: dict[str, int] | dict[str, float]) -> Metric:
    family = GaugeMetricFamily(name, text, labels=(label,))
    for key, value in values.items():
        family.add_metric([key], value)
    return family
