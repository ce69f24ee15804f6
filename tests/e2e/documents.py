"""Journeys that screens need something of: what asks, and what is sent once."""

REFUNDS = {
    "format": 1,
    "key": "refunds",
    "name": "Refunds",
    "trigger": {"kind": "event", "event": "Refund Wanted"},
    "start": "approve",
    "nodes": {
        "approve": {
            "kind": "ask",
            "to": "team:sales",
            "text": "May we refund order {{ order }}? The parcel came back damaged.",
            "data": {"order": {"$": "trigger.properties.order"}},
            "paths": [{"label": "Approve", "next": "tell"}, {"label": "Refuse"}],
            "form": [
                {"name": "reason", "kind": "text", "label": "Reason", "required": True},
                {
                    "name": "share",
                    "kind": "choice",
                    "label": "How much",
                    "choices": ["half", "all"],
                },
                {"name": "voucher", "kind": "yes_no", "label": "With a voucher?"},
            ],
            "due": {"after": "P2D"},
            "escalate": {"after": "P1D", "to": "role:manager"},
        },
        "tell": {"kind": "notify", "to": "owner", "text": "A refund was approved."},
    },
}


def build_broadcast(key):
    """Return the journey that a broadcast to the VIPs is."""
    audience = {"segment": "vip", "op": "member"}
    letter = {"kind": "send_email", "template": "cart-10-percent", "topic": "newsletter"}
    return {
        "format": 1,
        "key": key,
        "name": "Winter news",
        "trigger": {"kind": "schedule", "once": "2030-01-01T10:00:00Z", "audience": audience},
        "entry": {"reentry": {"mode": "never"}},
        "start": "message",
        "nodes": {"message": letter},
    }
