# SPDX-License-Identifier: Apache-2.0
"""How a campaign is judged and what that pays: from `campaign.json`, with what is usual for each policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from gems_platform.client.requesting.files import bad, check_fields
from gems_protocol.amount import ZERO, Amount, MalformedAmount
from gems_protocol.audit import DAY_S, MILLION
from gems_protocol.campaign import ZERO_ADDRESS, PolicyInfo, Terms
from gems_protocol.escrow import LONGEST_CAMPAIGN_S, time_faults
from gems_protocol.staking import reviewer_reward
from gems_protocol.verification import NAMES, PARAMS, Policy, policy_of
from gems_protocol.verification.commissioned import LARGEST_PPM
from gems_protocol.verification.evidence import THETA_PPM
from gems_protocol.verification.gram import FACTOR_PPM, penalty

HOLD_S = 3 * DAY_S  # where accepted work can be commissioned: the time in which that has to happen
AUDIT_PPM = 100_000
DEFAULT = "evidence"
_PANELS = {"evidence": (7, 4), "girm": (5, 3)}  # the others: two who must agree
_PARAMS: dict[str, dict[str, int]] = {
    "evidence": {"theta_ppm": THETA_PPM},
    "gram": {"audit_ppm": AUDIT_PPM},
    "commissioned": {"commission_ppm": LARGEST_PPM},
}
_RATIOS = ("theta", "audit", "factor", "floor", "commission", "practice")
_LARGEST = 7
POLICY_FIELDS = frozenset({"name", "panel", "quorum", "params"})
PARAM_FIELDS = PARAMS | frozenset(_RATIOS)


@dataclass(frozen=True, slots=True)
class Pay:
    """The money of one task and how it is judged, see `gems_protocol.campaign.Terms`."""

    mr: Amount
    ms: Amount
    vs: Amount
    floor: Amount
    z: int
    panel: int
    quorum: int
    rounds: int
    redo_s: int
    window_s: int
    lasts_s: int

    @property
    def vr(self) -> Amount:
        """A verifier's reward."""
        return reviewer_reward(self.mr, self.z, self.floor)

    def terms(self, **parties: Any) -> Terms:
        """Terms with this money; `parties` overrides the empty ones."""
        empty: dict[str, Any] = {
            **dict.fromkeys(("requester", "hub", "arbiter"), ZERO_ADDRESS),
            **dict.fromkeys(("verifier_root", "seed_tip", "content_root", "salt"), bytes(32)),
        }
        return Terms(
            **{**empty, "ends": self.lasts_s, **parties},
            mr=self.mr,
            ms=self.ms,
            vs=self.vs,
            floor=self.floor,
            z=self.z,
            panel=self.panel,
            quorum=self.quorum,
            rounds=self.rounds,
            redo=self.redo_s,
            window=self.window_s,
        )


def policy_info(value: Mapping[str, Any]) -> PolicyInfo:
    """The policy that `campaign.json` names, Evidence when none; raises BadCampaignFile.

    Ratios may be written as decimals: {"theta": "0.95"} is {"theta_ppm": 950000}.
    """
    policy = value.get("policy", {})
    if not isinstance(policy, dict) or not isinstance(policy.get("params", {}), dict):
        raise bad("policy and its params are objects")
    check_fields(policy, POLICY_FIELDS, "policy")
    check_fields(policy.get("params", {}), PARAM_FIELDS, "the policy's params")
    name = str(policy.get("name", DEFAULT))
    if name not in NAMES:
        raise bad(f'there is no policy "{name[:80]}"; there are {", ".join(NAMES)}')
    panel, quorum = _PANELS.get(name, (2, 2))
    if "panel" in policy and "quorum" not in policy and type(policy["panel"]) is int:
        quorum = policy["panel"] // 2 + 1
    params = dict(_PARAMS.get(name, {}))
    for key, given in policy.get("params", {}).items():
        if key in _RATIOS:
            params[f"{key}_ppm"] = ppm(key, given)
        elif type(given) is int:
            params[key] = given
        else:
            raise bad(f"{key} in the policy's params is not a whole number")
    if params.get("commission_ppm"):
        params.setdefault("hold_s", HOLD_S)
    return PolicyInfo(name, policy.get("panel", panel), policy.get("quorum", quorum), params)


def ppm(name: str, given: Any) -> int:
    """Parts per million from a decimal such as "0.95", exactly; raises BadCampaignFile."""
    try:
        found = Decimal(str(given)) * MILLION
    except InvalidOperation:
        found = Decimal(-1)
    if isinstance(given, bool) or not found.is_finite() or found != int(found) or not 0 <= found < 1 << 32:
        raise bad(f"{name} in the policy's params is not a number with at most six decimals")
    return int(found)


def read_pay(value: Mapping[str, Any], policy: PolicyInfo) -> Pay:
    """Amounts are base units ("100000000000000000") or GEM ("0.10 GEM"), times are seconds.

    What is not given is what the policy usually asks for. Raises BadCampaignFile, MalformedAmount.
    """
    if "mr" not in value:
        raise bad('the reward "mr" is missing')
    try:
        numbers = {
            name: int(value.get(name, usual))
            for name, usual in (
                ("z", 1 if policy.name in ("evidence", "girm") else 5),
                ("panel", 0),
                ("quorum", 0),
                ("rounds", _usual_rounds(policy.name)),
                ("redo_s", DAY_S),
                ("window_s", 3 * DAY_S),
                ("lasts_s", 30 * DAY_S),
            )
        }
        mr, floor = _amount(value, "mr"), _amount(value, "floor")
        if not 1 <= numbers["z"] <= 10:
            raise bad("z is not 1 to 10")
        vr = reviewer_reward(mr, numbers["z"], floor)
        ms, vs = usual_stakes(policy, mr, vr)
    except (TypeError, ValueError) as error:
        raise bad("a number of its pay or times is none") from error
    wrong = time_faults(numbers["redo_s"], numbers["window_s"])
    if not 0 < numbers["lasts_s"] <= LONGEST_CAMPAIGN_S:
        wrong.append("it would last no time, or over 5 years")
    if wrong:
        raise bad(f"{' and '.join(wrong)} (redo_s, window_s and lasts_s are seconds)")
    if "ms" in value:
        ms = _amount(value, "ms")
    if "vs" in value:
        vs = _amount(value, "vs")
    return with_escrow(Pay(mr=mr, ms=ms, vs=vs, floor=floor, **numbers), policy)


def _amount(value: Mapping[str, Any], name: str) -> Amount:
    """The amount in a field; 0 where it is missing. Raises BadCampaignFile that names the field."""
    try:
        return read_amount(value.get(name, "0"))
    except MalformedAmount as error:
        raise bad(
            f'"{name}" is no amount: write GEM as "0.10 GEM", or base units as "100000000000000000"'
        ) from error


def read_amount(text: Any) -> Amount:
    """Base units, or GEM with the word behind it; raises MalformedAmount."""
    if isinstance(text, str) and text.endswith(" GEM"):
        return Amount.gem(text.removesuffix(" GEM"))
    return Amount.parse(text)


def _usual_rounds(name: str) -> int:
    return {"evidence": 2, "commissioned": 1}.get(name, 3)


def usual_stakes(policy: PolicyInfo, mr: Amount, vr: Amount) -> tuple[Amount, Amount]:
    """Ms and Vs where the requester says nothing: Vs is Vr for blind work, 3 Vr where work is approved.

    Under GIRM the least that verifying pays is Mr / 6. Two agreeing verifiers stake 2 Vr, so that a split pays
    for its next panel.
    """
    if policy.name == "evidence":
        return Amount(mr.units // 2), vr
    if policy.name == "gram":
        audit, factor = policy.params.get("audit_ppm", AUDIT_PPM), policy.params.get("factor_ppm", FACTOR_PPM)
        return (penalty(mr, audit, factor) if audit else ZERO), vr * 3
    if policy.name == "girm":
        return ZERO, Amount(mr.units // 2)
    if policy.name == "consensus":
        return ZERO, vr * 2
    return ZERO, ZERO


def with_escrow(pay: Pay, policy: PolicyInfo) -> Pay:
    """With the smallest panel in the terms that covers the policy's worst case and an appeal (ADR 0050).

    A panel that was given stays. Raises BadCampaignFile, MalformedMessage.
    """
    if pay.panel:
        return pay if pay.quorum else replace(pay, quorum=pay.panel // 2 + 1)
    if not 1 <= pay.rounds <= 3:
        raise bad("rounds is not 1 to 3")
    rules = policy_of(
        policy.name,
        {**policy.params, "panel": policy.panel, "quorum": policy.quorum, "rounds": pay.rounds},
    )
    for panel in range(3, _LARGEST + 1, 2):
        found = replace(pay, panel=panel, quorum=panel // 2 + 1)
        terms = found.terms()
        if terms.cost() >= rules.worst_case(terms) + _later(rules, terms):
            return found
    return replace(pay, panel=_LARGEST, quorum=_LARGEST // 2 + 1)


def _later(rules: Policy, terms: Terms) -> Amount:
    """What comes after a verdict: an appeal's panel, or a commission."""
    commission = Amount(terms.mr.units * rules.commission_ppm // MILLION)
    if rules.rounds < 2:
        return ZERO if rules.name == "commissioned" else commission
    return max(commission, terms.vr() * rules.panel(rules.rounds - 1).size)
