"""How journeys under sending limits are told: limits, journeys of one letter, what became of them."""

from datetime import timedelta

from channels.base import Receipt, Verdict
from engine.messages.handover.delivery import record, start
from engine.messages.handover.limit_settings import LimitDraft, make_limit
from engine.messages.library.templates import save_template
from engine.messages.parcels import Result
from engine.messages.states import MessageState
from engine.models.message import Message
from tests.claiming import claim
from tests.shop import WORDS, compile_words

NEWS = {"kind": "send_email", "template": "hello", "topic": "news"}
ANN = {"email": "ann@example.com", "consents": {"news": {"email": "subscribed"}}}
HOUR = timedelta(hours=1)
COMMON = {"default_zone": "UTC"}
TAKEN = Receipt(Verdict.ACCEPTED, provider_id="taken")


def limit(shop, most, window="PT24H", key="few", **said):
    with shop.database.transaction() as session:
        make_limit(session, LimitDraft(key, key, most, window, **said), now=shop.now)


def journey(shop, key, *, gates=None, settings=None, **node):
    """A journey of one letter with a template of its own, begun by an event of its name."""
    with shop.database.transaction() as session:
        words = compile_words("email")
        template = node.get("template", key)
        if template not in ("hello", "later"):
            save_template(
                session, template, "email", WORDS["email"], words, by="test", now=shop.now
            )
    shop.publish(
        key=key,
        trigger={"kind": "event", "event": key},
        entry={"reentry": {"mode": "after_exit"}},
        start=key,
        settings=settings or {},
        nodes={key: {**NEWS, "template": key, **({"gates": gates} if gates else {}), **node}},
    )


def tell(shop, *keys):
    for key in keys:
        shop.say(userId="ann", event=key)
    shop.work()


def list_fates(shop):
    """Of each letter, the oldest first: node, state, reason."""
    rows = shop.ask(Message.id, Message.node, Message.state, Message.reason)
    return [(node, MessageState(state).name, reason) for _, node, state, reason in sorted(rows)]


def begin(shop, *, claimed=9, owner="w"):
    with shop.database.transaction() as session:
        return claim(session, "email", now=shop.now, limit=claimed, owner=owner, **COMMON)


def hand_over(shop, parcels, receipt=TAKEN):
    with shop.database.transaction() as session:
        going = start(session, parcels, now=shop.now, **COMMON)
        record(session, [Result(one, receipt, "shop", None) for one in going], now=shop.now)
    return [one.node for one in going]
