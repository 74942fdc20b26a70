# SPDX-License-Identifier: Apache-2.0
"""What each call answers with, by method and path; a call whose route names its own model is not here."""

from __future__ import annotations

from gems_platform.interface.shapes import Shape

BYTES = "bytes"  # application/octet-stream
MEDIA = "media"  # a media file, under its own type
STREAM = "stream"  # text/event-stream
NOTHING = "nothing"  # no body: headers only

_EVENTS: Shape = {"events": ["object"], "last": "int"}
_DAYS: Shape = {"days": [{"day": "day", "at": "time", "channels": "int"}]}
_MIRRORED: Shape = {"hub": "address", "signer": "address", "day": "day", "at": "time", "channels": "int"}
_PRACTICE: Shape = {"place": "int", "data": "object", "media": ["#File"]}
_ROUND: Shape = {
    "round": "int",
    "drawn_at": "time",
    "secret": "hash",
    "candidates": ["any"],
    "requests": ["any"],
    "supply": "int",
    "chosen": ["any"],
}
_PANEL_DRAW: Shape = {
    "round": "int",
    "candidates": ["any"],
    "excluded": ["any"],
    "count": "int",
    "chosen": ["int"],
    "at": "time",
    "before": "time",
    "root": "hash",
}
_VOTE: Shape = {
    "attempt": "int",
    "round": "int",
    "accept": "bool",
    "number": "int|null",
    "answer": "any",
    "accuracy": "text|null",
    "reason": "text|null",
    "note": "text|null",
}
_RESULT: Shape = {
    "index": "int",
    "state": "text",
    "answer": "any",
    "adopted": "bool",
    "attempts": "int",
    "votes": [_VOTE],
}
_HELD: Shape = {
    "index": "int",
    "attempt": "int",
    "until": "time",
    "answer": "any",
    "round": "int",
    "bond": "units|null",
    "seats": "int",
    "max_fee": "units",
}
_LINE: Shape = {"index": "int", "attempt": "int", "round": "int", "why": "text", "amount": "units"}
_ISSUER: Shape = {"issuer": "address", "name": "text", "chain_id": "int"}

#: (method, path) -> form of the answer with status 200, or one of the names above.
ANSWERS: dict[tuple[str, str], Shape] = {
    ("GET", "/v1/info"): {
        "protocol": "int",
        "name": "text",
        "chain_id": "int",
        "gem": "address",
        "channels": "address",
        "campaigns": "address",
        "platform_signer": "address",
        "hub_payer": "address",
        "relayer": "address",
        "practice": "bool",
        "server_time": "time",
    },
    ("DELETE", "/v1/sign-in"): NOTHING,
    ("POST", "/v1/leases"): "#Batch",
    ("GET", "/v1/leases"): {"batches": ["#Batch"]},
    ("POST", "/v1/leases/{batch_id}/confirm"): {"batch_id": "hash", "state": "text", "due_at": "time"},
    ("POST", "/v1/leases/{batch_id}/return"): {"returned": "int"},
    ("GET", "/v1/campaigns/{campaign_id}/quote"): {
        "n": "int",
        "reward": "units",
        "stake": "units",
        "fee_ppm": "int",
        "audit_ppm": "int",
        "penalty": "units",
        "note": "#Signed",
    },
    ("GET", "/v1/campaigns"): {"campaigns": ["#Campaign"], "last": "text", "more": "bool"},
    ("GET", "/v1/campaigns/{campaign_id}"): "#Campaign",
    ("POST", "/v1/campaigns"): "#Campaign",
    ("POST", "/v1/campaigns/{campaign_id}/cancel"): "#Campaign",
    ("GET", "/v1/campaigns/{campaign_id}/progress"): "#Progress",
    ("GET", "/v1/campaigns/{campaign_id}/results"): {"results": [_RESULT], "last": "int"},
    ("GET", "/v1/campaigns/{campaign_id}/spend-due"): {
        "spent": "units",
        "signed": "units",
        "seq": "number",
        "lines": [_LINE],
        "bill": "#Signed|null",
    },
    ("POST", "/v1/campaigns/{campaign_id}/spends"): {"seq": "number", "redeemed": "units"},
    ("GET", "/v1/requesters/{address}/report"): "#Report",
    ("POST", "/v1/submissions"): "#Receipt",
    ("POST", "/v1/reviews/leases"): "#Batch",
    ("POST", "/v1/votes"): "#Receipt",
    ("POST", "/v1/reviews/{batch_id}/skip"): {"skipped": "int"},
    ("POST", "/v1/appeals"): {"round": "int", "judge_by": "time|null"},
    ("POST", "/v1/verdicts/accept"): {"stood": "int"},
    ("POST", "/v1/campaigns/{campaign_id}/commissions"): {"judge_by": "time|null"},
    ("GET", "/v1/campaigns/{campaign_id}/held"): {"held": [_HELD], "last": "int"},
    ("GET", "/v1/campaigns/{campaign_id}/seeds"): {
        "days": [{"day": "int", "count": "int", "root": "hash", "reveal_by": "time", "seed": "hash|null"}]
    },
    ("POST", "/v1/campaigns/{campaign_id}/seeds"): {"day": "int"},
    ("GET", "/v1/campaigns/{campaign_id}/evidence/{index}/{attempt}"): {
        "terms": "object",
        "manifest": "object",
        "evidence": "object",
        "domain": {"chain_id": "int", "contract": "address"},
        "hub": "address",
        "receipt": "#Signed|null",
    },
    ("GET", "/v1/events"): _EVENTS,
    ("GET", "/v1/events/stream"): STREAM,
    ("GET", "/v1/history"): {"entries": ["object"], "last": "text", "total": "int"},
    ("GET", "/v1/trust/{address}"): {
        "outcomes": ["object"],
        "score": "object",
        "profile": "object",
        "weights": {"at": "time|null", "requesters": "object", "kinds": ["object"]},
        "hidden": {"checks": "int", "right": "int"},
        "passes": "int",
        "verifier": "bool",
        "missing": "text|null",
        "verifies": ["text"],
        "practice": "bool",
        "removed": "bool",
        "reinstated_at": "time|null",
        "appeal": "object|null",
    },
    ("POST", "/v1/trust/appeal"): "#Removal",
    ("GET", "/v1/trust/{address}/attestations"): {**_ISSUER, "attestations": ["object"], "last": "int"},
    ("GET", "/v1/trust/{address}/record"): {**_ISSUER, "record": "object", "after": "int", "last": "int"},
    ("POST", "/v1/trust/import"): {
        "imported": "int",
        "already": "int",
        "expired": "int",
        "skipped": "int",
        "issuers": ["address"],
    },
    ("GET", "/v1/draws/{campaign_id}"): {"rounds": [_ROUND], "commit": "hash"},
    ("GET", "/v1/draws/{campaign_id}/me"): {"salt": "hash", "name": "hash"},
    ("GET", "/v1/draws/{campaign_id}/{index}/{attempt}"): {
        "draws": [_PANEL_DRAW],
        "seed": "object|null",
        "voted": [{"round": "int", "verifier": "address", "salt": "hash"}],
    },
    ("GET", "/v1/campaigns/{campaign_id}/gold"): {
        "gold": [{"index": "int", "answer": "any", "salt": "hash"}]
    },
    ("GET", "/v1/campaigns/{campaign_id}/practice"): {
        "tasks": [_PRACTICE],
        "share_ppm": "int",
        "passed": "bool",
    },
    ("POST", "/v1/campaigns/{campaign_id}/practice"): {
        "right": "int",
        "of": "int",
        "passed": "bool",
        "items": [{"place": "int", "right": "bool", "hint": "text"}],
    },
    ("POST", "/v1/campaigns/{campaign_id}/ratings"): {"ratings": "#Ratings", "mine": "#Marks|null"},
    ("GET", "/v1/campaigns/{campaign_id}/ratings"): {"ratings": "#Ratings", "mine": "#Marks|null"},
    ("POST", "/v1/campaigns/{campaign_id}/tasks/{index}/messages"): {
        "thread_id": "hash",
        "seq": "int",
        "at": "time",
        "text": "text",
    },
    ("POST", "/v1/threads/{thread_id}/messages"): {
        "thread_id": "hash",
        "seq": "int",
        "at": "time",
        "text": "text",
    },
    ("POST", "/v1/threads/{thread_id}/mute"): {"thread_id": "hash", "muted": "bool"},
    ("GET", "/v1/threads"): "#Threads",
    ("GET", "/v1/campaigns/{campaign_id}/threads"): "#Threads",
    ("GET", "/v1/threads/{thread_id}"): "#Thread",
    ("POST", "/v1/reports"): "#AbuseReport",
    ("GET", "/v1/reports"): {"reports": ["#AbuseReport"]},
    ("GET", "/v1/operator/reports"): {
        "reports": ["#ReportRead"],
        "under_review": [{"campaign_id": "hash", "workers": "int"}],
        "next": "text|null",
    },
    ("GET", "/v1/operator/reports/{report_id}"): "#ReportShown",
    ("POST", "/v1/operator/reports/{report_id}"): "#ReportRead",
    ("GET", "/v1/rates"): {"rates": [{"code": "text", "per_gem": "text", "source": "text", "at": "time"}]},
    ("POST", "/v1/channel"): {
        "config": "#Config",
        "channel_id": "hash",
        "tx_hash": "hash|null",
        "deposit": "units",
    },
    ("GET", "/v1/channel"): "#Channel",
    ("PUT", "/v1/channel/standing-order"): {"bond_target": "units"},
    ("POST", "/v1/channel/unbond"): {
        "step": "int",
        "amount": "units",
        "debited": "units",
        "voucher": "#Signed|null",
        "last_event": "int",
    },
    ("PUT", "/v1/channel/vouchers"): "#Returned",
    ("GET", "/v1/relay/quote"): "#RelayQuote",
    ("POST", "/v1/relay/claims"): "#Claim",
    ("GET", "/v1/relay/claims/{claim_id}"): "#Claim",
    ("GET", "/v1/relay/close-quote"): "#RelayQuote",
    ("POST", "/v1/relay/closes"): "#Close",
    ("GET", "/v1/relay/closes/{close_id}"): "#Close",
    ("POST", "/v1/relay/transfers"): "#Transfer",
    ("GET", "/v1/relay/transfers/{transfer_id}"): "#Transfer",
    ("GET", "/v1/vouchers"): _DAYS,
    ("GET", "/v1/vouchers/{day}"): BYTES,
    ("GET", "/v1/vouchers/{day}/{channel_id}"): {"day": "day", "at": "time", "voucher": "#Signed|null"},
    ("POST", "/v1/tower/vouchers"): {"channel_id": "hash", "seq": "number"},
    ("GET", "/v1/tower/vouchers/{channel_id}"): {"at": "time", "config": "#Config", "voucher": "#Signed"},
    ("GET", "/v1/tower/mirror"): {"days": [_MIRRORED]},
    ("GET", "/v1/tower/mirror/{channel_id}"): {
        "rows": [{"hub": "address", "signer": "address", "day": "day", "voucher": "#Signed"}]
    },
    ("GET", "/v1/tower/mirror/{signer}/{day}"): BYTES,
    ("GET", "/v1/releases/due"): {
        "due": [{"campaign_id": "hash", "index": "int", "attempt": "int"}],
        "more": "bool",
    },
    ("POST", "/v1/releases"): {"released": "int"},
    ("PUT", "/v1/media/{sha256}"): "#File",
    ("POST", "/v1/media/from-upload"): "#File",
    ("GET", "/v1/media/{sha256}"): MEDIA,
    ("OPTIONS", "/v1/uploads"): NOTHING,
    ("POST", "/v1/uploads"): NOTHING,
    ("HEAD", "/v1/uploads/{sha256}"): NOTHING,
    ("GET", "/v1/uploads/{sha256}"): "#Upload",
    ("PATCH", "/v1/uploads/{sha256}"): NOTHING,
    ("DELETE", "/v1/uploads/{sha256}"): NOTHING,
    ("GET", "/v1/carry/key"): "#Signed",
    ("POST", "/v1/carry"): BYTES,
}
#: Answers without a body that do not have status 204.
STATUS = {("POST", "/v1/uploads"): 201, ("HEAD", "/v1/uploads/{sha256}"): 200}
