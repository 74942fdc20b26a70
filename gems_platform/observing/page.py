# SPDX-License-Identifier: Apache-2.0
"""The status page as HTML: a pure function of the figures, in which every text from outside is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

from gems_platform.observing.figures import DONE, CampaignFigures, Figures, Money, Queue, StoreFigures
from gems_protocol.amount import Amount

PAGE = 25  # campaigns on one page
STYLE = "/status.css"
_STATES = {
    "open": "open",
    "leased": "in work",
    "submitted": "answered, not judged yet",
    "in_review": "in review",
    "accepted": "accepted, not final",
    "rejected": "rejected, not final",
    "appealed": "appealed",
    "commissioned": "looked at again",
    "redo": "may be tried again",
    "paid": "paid",
    "answered": "settled by the verifiers' answer",
    "cancelled": "cancelled",
    "exhausted": "without result",
}
_QUEUE = {
    "tasks_open": "Tasks that wait to be taken",
    "tasks_leased": "Tasks in work",
    "tasks_waiting": "Answers that wait for a verdict",
    "reviews_wanted": "Reviews wanted",
    "workers_owed": "Workers owed a voucher",
    "lines_owed": "Amounts to be put into vouchers",
    "claims_sent": "Relayed claims under way",
    "transfers_sent": "Relayed transfers under way",
    "intents_pending": "Chain transactions that do not count yet",
}
_MONEY = {
    "escrow": "Put into escrows by requesters",
    "paid": "Paid for work out of escrows",
    "signed": "Signed for by requesters",
    "redeemed": "Redeemed by the platform",
    "deposits": "In workers' channels, deposited",
    "vouchered": "Promised by vouchers",
    "claimed": "Claimed on chain by workers",
    "owed": "Owed, not in a voucher yet",
}
_LATE = {
    "unconfirmed_batches": "Batches nobody confirmed",
    "leases": "Leases past their time",
    "reviews": "Reviews past their time",
    "rounds": "Rounds to be judged as they are",
    "verdicts": "Verdicts to become final",
    "chain": "Oldest transaction not in a block",
}
_LATE_S = 120  # from here on a wait is shown as one


@dataclass(frozen=True)
class About:
    """What does not change while the process runs."""

    name: str
    practice: bool
    version: str
    store: str
    wanted: str


def render(about: About, figures: Figures, page: int = 0, now: int = 0) -> str:
    """The whole document. page: which 25 campaigns; now: Unix seconds that say what is over."""
    store = figures.store
    body = [_header(about, figures)]
    if about.practice:
        body.append(
            '<p class="banner warn">Practice: the GEM here are worth nothing and the chain is a local one.</p>'
        )
    if store is None and figures.store_answers:
        body.append('<p class="banner warn">The store is being read for the first time. Read again soon.</p>')
    elif store is None:
        body.append(
            '<p class="banner bad" role="alert">The store does not answer. Nothing else can be told now.</p>'
        )
    else:
        body += [_campaigns(store, page, now), '<div class="pair">', _queue(store.queue), _money(store.money)]
        body += [_late(store.late), _versions(about, figures, store.version), "</div>"]
    title = escape(f"{about.name}: status")
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{title}</title><link rel="stylesheet" href="{STYLE}"></head>\n<body>'
        + "\n".join(body)
        + "\n</body></html>\n"
    )


def _header(about: About, figures: Figures) -> str:
    at = "" if figures.store is None else f"As of {_moment(figures.store.at)}. "
    return f'<header><h1>{escape(about.name)}: status</h1><p>{at}<a href="/status">Read again</a></p></header><main>'


def _campaigns(store: StoreFigures, page: int, now: int) -> str:
    last = max(0, (len(store.campaigns) - 1) // PAGE)
    page = min(max(page, 0), last)
    shown = store.campaigns[page * PAGE : (page + 1) * PAGE]
    if not shown:
        return _section("campaigns", "Campaigns", '<p class="note">There is no campaign yet.</p>')
    rows = "\n".join(_campaign(one, now) for one in shown)
    first = page * PAGE + 1
    caption = (
        f"{first} to {first + len(shown) - 1} of {store.campaigns_total}; open ones first. Amounts in GEM."
    )
    names = ("Campaign and its tasks", "State", "Escrow", "Paid for work", "Left")
    head = "".join(
        f'<th scope="col" role="columnheader"{_number(place > 1)}>{name}</th>'
        for place, name in enumerate(names)
    )
    # The roles hold the table together where the style sheet shows its rows as cards.
    table = (
        f'<table class="wide" role="table"><caption>{caption}</caption><thead role="rowgroup"><tr role="row">{head}'
        f'</tr></thead><tbody role="rowgroup">\n{rows}\n</tbody></table>'
    )
    return _section("campaigns", "Campaigns", table + _pages(page, last))


def _campaign(one: CampaignFigures, now: int) -> str:
    total, done = sum(one.tasks.values()), sum(one.tasks.get(state, 0) for state in DONE)
    counted = " · ".join(
        f"{one.tasks[state]:,} {word}" for state, word in _STATES.items() if one.tasks.get(state)
    )
    state, look = _state(one, now)
    title = escape(one.title.strip() or "Without a name")
    cells = (("Escrow", one.funded), ("Paid for work", one.paid), ("Left", one.funded - one.paid))
    amounts = "".join(
        f'<td role="cell" class="number" data-name="{name}">{_gem(units)}</td>' for name, units in cells
    )
    return (
        f'<tr role="row"><th scope="row" role="rowheader"><bdi>{title}</bdi>'
        f'<progress max="{max(total, 1)}" value="{done}" aria-label="{done:,} of {total:,} tasks are over"></progress>'
        f'<span class="tasks">{counted or "no tasks"}</span></th>'
        f'<td role="cell" class="state"><span class="mark {look}">{state}</span></td>{amounts}</tr>'
    )


def _state(one: CampaignFigures, now: int) -> tuple[str, str]:
    if one.state == "open":
        return ("open", "good") if one.ends > now else ("ended", "")
    return {"draft": ("not funded yet", "warn"), "cancelled": ("cancelled", "")}.get(
        one.state, (escape(one.state), "")
    )


def _pages(page: int, last: int) -> str:
    if last == 0:
        return ""
    links = []
    if page > 0:
        links.append(f'<a href="/status?page={page - 1}" rel="prev">Newer campaigns</a>')
    if page < last:
        links.append(f'<a href="/status?page={page + 1}" rel="next">Older campaigns</a>')
    return f'<nav aria-label="Pages of campaigns">{"".join(links)}</nav>'


def _queue(queue: Queue) -> str:
    rows = [(text, f"{getattr(queue, name):,}", "") for name, text in _QUEUE.items()]
    return _section("queue", "Queue", _pairs("What waits, and how much of it", rows))


def _money(money: Money) -> str:
    rows = [(text, _gem(getattr(money, name)), "") for name, text in _MONEY.items()]
    note = '<p class="note">As the store has it, exact to the base unit. The command that compares it with vouchers and chain is <code>gems platform reconcile</code>.</p>'  # noqa: E501
    return _section("money", "Money", _pairs("Sums in GEM", rows) + note)


def _late(late: dict[str, int]) -> str:
    rows = []
    for name, text in _LATE.items():
        seconds = late.get(name, 0)
        rows.append((text, _span(seconds), "warn" if seconds >= _LATE_S else "good" if not seconds else ""))
    return _section("late", "What is due", _pairs("How long the oldest has waited since it was due", rows))


def _versions(about: About, figures: Figures, version: str) -> str:
    chain = ("does not answer", "bad") if figures.head is None else (f"block {figures.head:,}", "good")
    rows = [
        ("Chain", *chain),
        ("Gems", escape(about.version), ""),
        ("Store", escape(about.store), ""),
        ("Tables", escape(version or "none"), "good" if version == about.wanted else "bad"),
        ("Free disk", _size(figures.disk_free), ""),
    ]
    return _section("versions", "What runs", _pairs("Versions and the chain's head", rows))


def _section(name: str, title: str, inside: str) -> str:
    return f'<section aria-labelledby="{name}"><h2 id="{name}">{title}</h2>{inside}</section>'


def _pairs(caption: str, rows: Iterable[tuple[str, str, str]]) -> str:
    """A table of names and values; the values are HTML already."""
    lines = "\n".join(
        f'<tr><th scope="row">{name}</th><td class="number">{_marked(value, look)}</td></tr>'
        for name, value, look in rows
    )
    return f"<table><caption>{caption}</caption><tbody>\n{lines}\n</tbody></table>"


def _marked(value: str, look: str) -> str:
    return f'<span class="mark {look}">{value}</span>' if look else value


def _number(is_number: bool) -> str:
    return ' class="number"' if is_number else ""


def _gem(units: int) -> str:
    """Every decimal that is there, with thousands apart; those after the second are smaller and may take a line."""
    whole, _, part = Amount(abs(units)).exact().partition(".")
    rest = f'<wbr><span class="rest">{part[2:]}</span>' if part[2:] else ""
    return f"{'−' if units < 0 else ''}{int(whole):,}.{part[:2]}{rest}"


def _moment(at: int) -> str:
    when = datetime.fromtimestamp(at, UTC)
    return f'<time datetime="{when.isoformat()}">{when:%Y-%m-%d %H:%M:%S} UTC</time>'


def _span(seconds: int) -> str:
    if seconds <= 0:
        return "nothing late"
    for size, word in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds // size:,} {word}"
    return f"{seconds} s"


def _size(count: int) -> str:
    return f"{count / 1e9:,.1f} GB"
