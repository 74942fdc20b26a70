# SPDX-License-Identifier: Apache-2.0
"""A verdict's evidence as one file that anybody can check without a network: what is in it, and whether it is fair."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gems_protocol import audit, canonical, evidence_json
from gems_protocol.amount import Amount
from gems_protocol.campaign import Manifest, Terms
from gems_protocol.errors import BadSignature, GemsError, MalformedMessage, MoneyDiffers
from gems_protocol.evidence import VerdictEvidence
from gems_protocol.messages import CAMPAIGNS_DOMAIN, BatchReceipt, Domain, Offer, signature_from_hex
from gems_protocol.offers import check_offer
from gems_protocol.rules import Rules, rules_of
from gems_protocol.verdict import Verdict, check_verdict
from gems_protocol.verification import NotOffered, Policy, Standing, standing_of
from gems_protocol.verification.commissioned import COMMISSION_ROUND
from gems_protocol.verification.evidence import posterior
from gems_protocol.verification.policy import Ballot

MAX_BYTES = 4_000_000
_FIELDS = {"terms", "manifest", "evidence", "domain", "hub", "receipt"}
_OPTIONAL = {"offer_signature"}
_BASIS = {
    "quorum": "the verifiers' votes decide",
    "not_drawn": "no audit was drawn",
    "silence": "nobody judged in time, and silence accepts",
    "last_round": "the last round decides by its majority",
}


class CannotRead(GemsError):
    """A file of evidence cannot be read."""


def _cannot(why: str) -> CannotRead:
    return CannotRead(
        f"The evidence cannot be checked: {why}",
        safe="This says nothing about the verdict.",
        action="Fetch it again with gems audit fetch.",
    )


@dataclass(frozen=True, slots=True)
class AuditFile:
    """One verdict that stands, with everything that it was reached by."""

    terms: Terms
    manifest: Manifest
    evidence: VerdictEvidence
    domain: Domain
    hub: str
    receipt: tuple[BatchReceipt, bytes] | None
    offer_signature: bytes | None


@dataclass(frozen=True, slots=True)
class Finding:
    """What was checked, in plain words; verdict: None when it is not fair, `lines` then ends with why."""

    lines: tuple[str, ...]
    verdict: Verdict | None


def read_audit_file(path: Path) -> AuditFile:
    """Read what the platform gives out as evidence; raises CannotRead."""
    try:
        with path.open("rb") as file:
            value = canonical.loads(file.read(MAX_BYTES + 1), MAX_BYTES)
    except OSError as error:
        raise _cannot("the file cannot be opened.") from error
    except MalformedMessage as error:
        raise _cannot(error.message) from error
    return audit_file_of(value)


def audit_file_of(value: Any) -> AuditFile:
    """The evidence in a JSON value; raises CannotRead."""
    if type(value) is not dict or not _FIELDS <= set(value) <= _FIELDS | _OPTIONAL:
        raise _cannot("it is not a file of evidence.")
    domain = value["domain"]
    try:
        if type(domain) is not dict or set(domain) != {"chain_id", "contract"}:
            raise MalformedMessage("The domain is malformed.")
        if type(value["hub"]) is not str:
            raise MalformedMessage("The hub is malformed.")
        found = Domain(CAMPAIGNS_DOMAIN, domain["chain_id"], domain["contract"])
        found.separator()
        signature = value.get("offer_signature")
        return AuditFile(
            Terms.from_json(value["terms"]),
            Manifest.from_json(value["manifest"]),
            evidence_json.from_json(value["evidence"]),
            found,
            value["hub"],
            _receipt(value["receipt"]),
            None if signature is None else signature_from_hex(signature),
        )
    except GemsError as error:
        raise _cannot(error.message) from error


def _receipt(value: Any) -> tuple[BatchReceipt, bytes] | None:
    if value is None:
        return None
    if type(value) is not dict or set(value) != {"message", "signature"}:
        raise MalformedMessage("The receipt is malformed.")
    return BatchReceipt.from_json(value["message"]), signature_from_hex(value["signature"])


def look(file: AuditFile) -> Finding:
    """Recompute the verdict; what each step found."""
    lines: list[str] = []
    try:
        verdict = _looked(file, lines)
    except (BadSignature, MalformedMessage, MoneyDiffers, NotOffered) as error:
        return Finding((*lines, f"NOT FAIR: {error.message}"), None)
    return Finding(tuple(lines), verdict)


def _looked(file: AuditFile, lines: list[str]) -> Verdict:
    evidence, terms = file.evidence, file.terms
    given = evidence.assignment
    lines.append(f'Campaign 0x{terms.campaign_id().hex()}, "{file.manifest.title}".')
    lines.append(f"Task {given.index}, attempt {given.attempt}, by {given.miner}.")
    _check_offer_signature(file, lines)
    rules = rules_of(terms, file.manifest)
    standing = _standings(evidence).get(given.miner, Standing())
    policy = rules.policy.for_standing(standing)
    lines.append(f"Policy: {policy.name}; its rules fit the terms and the escrow covers them.")
    verdict = check_verdict(evidence, rules, file.domain, file.hub)
    lines.append(
        "Signatures: assignment, submission, panels, votes and notes are by those who must sign them."
    )
    _check_pay(file, rules.policy, standing)
    lines.append(f"Pay: {_gem(given.reward)} GEM against a stake of {_gem(given.stake)} GEM, as promised.")
    if policy.draws_audits:
        lines += _draw(file)
    lines += _panels(evidence, policy, rules, standing)
    if evidence.appeal is not None:
        lines.append(f"Appealed: round {evidence.appeal.appeal.round} judged again.")
    if verdict.fee:
        found = "both found it poor" if verdict.poor else "they did not both find it poor"
        lines.append(f"Commissioned for {verdict.fee.exact()} GEM: two strangers looked, {found}.")
    word = "accepted" if verdict.accepted else "rejected"
    lines.append(f"Verdict: {word}; {_BASIS[verdict.basis.value]}.")
    if verdict.answer is not None:
        lines.append("The verifiers' answer stands instead of the miner's.")
    return verdict


def _check_offer_signature(file: AuditFile, lines: list[str]) -> None:
    if file.offer_signature is None:
        lines.append("Manifest: as the file has it; the requester's signature over it is not in the file.")
        return
    offer = Offer(file.terms.campaign_id(), file.manifest.manifest_hash())
    offer.check(file.domain, file.offer_signature, file.terms.requester)
    lines.append(f"Manifest: signed by the requester {file.terms.requester}.")


def _check_pay(file: AuditFile, policy: Policy, standing: Standing) -> None:
    given = file.evidence.assignment
    try:
        check_offer(given, file.terms, policy, standing)
    except MoneyDiffers:
        if not given.attempt or not policy.for_standing(standing).has_redo:
            raise
        check_offer(given, file.terms, policy, standing, redo=True)


def _draw(file: AuditFile) -> Iterator[str]:
    evidence, given = file.evidence, file.evidence.assignment
    reveal = evidence.audit
    if reveal is None:
        yield "Draw: the platform did not reveal its secret, so the work counts as accepted."
        return
    yield "Draw: the platform's secret is the one it committed to in the assignment."
    yield from _day(file, reveal)
    if reveal.seed == audit.NO_SEED:
        yield "Seed: zero, because the requester has none or did not show that of the day."
    else:
        yield f"Seed: that of day {reveal.day} in the requester's chain."
    submission = evidence.submission.submission
    number = audit.draw(reveal.secret, submission.salt, submission.struct_hash(), reveal.seed)
    drawn = "drawn" if number < given.audit_ppm else "not drawn"
    yield f"Draw: {number} of a million, audited below {given.audit_ppm}: {drawn}."


def _panels(evidence: VerdictEvidence, policy: Policy, rules: Rules, standing: Standing) -> Iterator[str]:
    answers, ballots, known = [evidence.answer], [], _standings(evidence)
    for signed in evidence.panels:
        panel = signed.panel
        name = "Strangers" if panel.round == COMMISSION_ROUND else f"Round {panel.round}"
        people = (
            "1 verifier, not"
            if len(panel.verifiers) == 1
            else f"{len(panel.verifiers)} verifiers, none of them"
        )
        yield f"{name}: {people} the miner, none twice."
        for cast in evidence.votes:
            if cast.vote.round != panel.round:
                continue
            if not policy.blind or panel.round == COMMISSION_ROUND:
                yield f"  {cast.verifier} {'accepts' if cast.vote.accept else 'rejects'}"
                continue
            number = rules.number(cast.answer, answers)
            if number == len(answers):
                answers.append(cast.answer)
            accuracy = known[cast.verifier].accuracy
            text = f"  {cast.verifier} gave {_answer(number)}, blind; weighed {float(accuracy):.3f}"
            if panel.round == 0:
                ballots.append(Ballot(number == 0, number, accuracy))
                shares = posterior(ballots, standing.accuracy, rules.classes)
                best = max(shares, key=lambda answer: shares[answer])
                text += f"; {_answer(best)} is now right with {float(shares[best]):.1%}"
            yield text


def _answer(number: int) -> str:
    return "the miner's answer" if number == 0 else f"another answer ({number + 1})"


def _standings(evidence: VerdictEvidence) -> dict[str, Standing]:
    try:
        return {signed.note.worker: standing_of(signed.note) for signed in evidence.notes}
    except ValueError as error:
        raise MalformedMessage("A worker's standing is not possible.") from error


def _gem(units: int) -> str:
    return Amount(units).exact()


def _day(file: AuditFile, reveal: audit.AuditReveal) -> Iterator[str]:
    """The day of the draw is that of the platform's own receipt: who could choose it, chose the draw."""
    if file.receipt is None:
        yield "Day: there is no receipt in the file, so the day of the draw is not proven."
        return
    receipt, signature = file.receipt
    receipt.check(file.domain, signature, file.hub)
    batch = file.evidence.submission.batch
    if (receipt.root, receipt.count) != (batch.root, batch.count):
        raise BadSignature("The receipt is for another batch of answers.")
    if reveal.day != receipt.received_at // audit.DAY_S:
        raise BadSignature(
            "The draw was made with the seed of another day than that on which the answer came."
        )
    yield "Day: that of the platform's signed receipt for the answer."
