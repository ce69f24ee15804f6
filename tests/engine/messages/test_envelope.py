"""What leaves with a letter: from whom it comes, and the files that go with it."""

from types import SimpleNamespace

import pytest
from sqlalchemy import event, select, update

from channels.base import EmailAddress, Receipt, Verdict
from engine.messages.compose.render_pool import Rendered
from engine.messages.handover import delivery
from engine.messages.library import assets
from engine.messages.library.templates import Envelope, Words, save_words
from engine.messages.making.items import Desk, build_context, make_items
from engine.messages.parcels import Problem, Result
from engine.messages.senders import from_whom
from engine.messages.senders.from_whom import Registered, list_domains
from engine.models.asset import Asset
from engine.models.contact import Topic
from engine.models.message import MessageContent, Template
from tests.claiming import claim
from tests.shop import NOON, SEND, WORDS, Shop, compile_words

PDF = b"%PDF-1.7 terms"
RENDERED = Rendered(subject="Hi", html=b"<p>x</p>", text=b"x", sender_name="", link_targets={})
OWN = "Shop <hello@shop.example>"
POOL = SimpleNamespace(render=lambda _, contexts, **__: [RENDERED for _ in contexts])
DESK = Desk(
    POOL, "https://shop.example", OWN, "", b"k" * 32,
    marketing_sender="News <news@shop.example>", reply_to="answers@shop.example",
    sender_domains=list_domains(OWN, "", ["vouched.example"]),
)  # fmt: skip


class Post(Shop):
    """A shop whose letter leaves in an envelope."""

    def register(self, key, address):
        with self.database.transaction() as session:
            from_whom.save_registered(
                session,
                Registered(key, key.capitalize(), address, ""),
                domains={"vouched.example", "gone.example"},
                revision=0,
                now=NOON,
            )

    def keep_file(self, name="terms", content=PDF):
        with self.database.transaction() as session:
            return assets.add_asset(session, name, content, by="test", now=NOON).digest

    def put_in(self, envelope):
        words = Words("email", WORDS["email"], compile_words("email"), envelope=envelope)
        with self.database.transaction() as session:
            return save_words(session, "hello", words, by="test", now=NOON)

    def send(self, **more):
        self.intend(**more)
        return self.make()

    def intend(self, **more):
        self.publish(trigger={"kind": "event", "event": "Go"}, start="a", nodes={"a": SEND | more})
        self.say("identify", userId="u1", traits={"email": "ann@example.com"})
        self.say(userId="u1", event="Go")
        self.work()

    def make(self):
        with self.database.transaction() as session:
            parcels = claim(session, "email", now=self.now, limit=9, owner="w", default_zone="UTC")
        (made,) = make_items(parcels, DESK)
        return made


@pytest.fixture
def post(database):
    return Post(database)


def test_a_letter_takes_the_files_of_its_template_along(post):
    digest = post.keep_file()
    post.put_in(Envelope(files=(digest,)))
    made = post.send()
    (file,) = made.item.attachments
    assert (file.name, file.media_type, file.content) == ("terms.pdf", "application/pdf", PDF)
    assert made.content.files == ("terms.pdf",)
    taken = Result(made.parcel, Receipt(Verdict.ACCEPTED), "mailbox", made.content)
    with post.database.transaction() as session:
        delivery.start(session, [made.parcel], now=post.now, default_zone="UTC")
        delivery.record(session, [taken], now=post.now)
    with post.database.reading() as session:
        kept = session.scalars(select(MessageContent)).one()
        assert kept.files == ["terms.pdf"] and ["Reply-To", "answers@shop.example"] in kept.headers


def test_a_letter_whose_file_is_gone_does_not_leave_without_it(post, monkeypatch):
    monkeypatch.setattr(assets, "_SHELF", assets._Shelf(0))
    digest = post.keep_file(content=PDF + b"!")
    post.put_in(Envelope(files=(digest,)))
    with post.database.transaction() as session:
        session.delete(session.get_one(Asset, digest))
    _, problem = post.send()
    assert isinstance(problem, Problem) and "not there" in problem.words


@pytest.mark.parametrize(
    ("node", "template", "topic", "message_class", "expected"),
    [
        (None, None, None, "marketing", EmailAddress("news@shop.example", "News")),
        (None, None, None, "transactional", EmailAddress("hello@shop.example", "Shop")),
        (None, None, "tina", "marketing", EmailAddress("t@vouched.example", "Tina")),
        (None, "anna", "tina", "marketing", EmailAddress("a@vouched.example", "Anna")),
        (None, "gone", "tina", "marketing", EmailAddress("news@shop.example", "News")),
        (None, "nobody", "tina", "marketing", EmailAddress("t@vouched.example", "Tina")),
        ("tina", "anna", None, "marketing", EmailAddress("t@vouched.example", "Tina")),
    ],
)
def test_the_node_names_the_sender_else_the_template_else_the_topic_else_the_class(
    post, node, template, topic, message_class, expected
):
    post.register("anna", "a@vouched.example")
    post.register("tina", "t@vouched.example")
    post.register("gone", "g@gone.example")
    with post.database.transaction() as session:
        session.execute(update(Topic).values(sender=topic, opt_in="implied"))
    post.put_in(Envelope(sender=template))
    named = {"sender": node} if node else {}
    about = {"topic": "news"} if message_class == "marketing" else {"topic": ""}
    made = post.send(**about, **{"class": message_class}, **named)
    assert made.item.sender == expected
    read = build_context(made.parcel, DESK)["sender"]
    assert (read["from_name"], read["from_address"]) == (expected.name, expected.address)
    assert (read["name"], read["address"]) == ("Shop", "hello@shop.example")  # the brand stays
    headers = dict(made.item.headers)
    domain = expected.address.partition("@")[2]
    assert headers["Feedback-ID"].endswith(f":{domain}")
    if message_class == "marketing":
        assert headers["List-Id"] == f"<news.{domain}>"


def test_who_uses_neither_pays_for_neither(post):
    asked = []

    def note(_c, _cursor, statement, *_):
        asked.append(statement)

    post.intend()
    engine = post.database.engine
    event.listen(engine, "before_cursor_execute", note)
    post.make()
    event.remove(engine, "before_cursor_execute", note)
    assert any("FROM message" in one for one in asked)
    assert not [one for one in asked if "FROM asset" in one or "FROM letter_sender" in one]


def test_an_envelope_is_a_part_of_the_version_and_no_other_words_change_it(post):
    digest = post.keep_file()
    assert post.put_in(None) == (1, False)
    assert post.put_in(Envelope(files=(digest,))) == (2, True)
    assert post.put_in(None) == (2, False)
    assert post.put_in(Envelope()) == (3, True)
    with post.database.reading() as session:
        assert session.scalar(select(Template.key).where(Template.key == "hello"))


def test_the_shelf_holds_so_much_and_no_more():
    shelf = assets._Shelf(10)
    for name in "abc":
        shelf.put(name, SimpleNamespace(content=b"12345"))
    assert shelf.get("a") is None and shelf.get("b") is not None and shelf.get("c") is not None
    shelf.get("b")
    shelf.put("d", SimpleNamespace(content=b"1"))
    assert shelf.get("c") is None and shelf.get("b") is not None
