"""Notices told to chats: once, tried again, and never in the way of anything."""

from datetime import timedelta

import pytest

from engine.accounts.chat_notices import MOST_ATTEMPTS, OLDEST
from engine.accounts.notices import NewNotice, add_notices
from engine.models.journey import Notice
from server.chatting import tell_admins, tell_chats
from tests.channels.servers import Response, http_server
from tests.server.conftest import build_house

TOKEN = "3ccdd113474722377935511fc85d3dd4"


@pytest.fixture
def serve(database, tmp_path, wall):
    def build(answer, name="ops"):
        server = http_server(answer)
        base, requests = server.__enter__()
        opened.append(server)
        chat = f"{name}=mmost://{base.removeprefix('http://')}/{TOKEN}"
        house = build_house(database, tmp_path, wall=wall, chat=chat, webhook_allow="127.0.0.1")
        return house, requests

    opened = []
    yield build
    for server in opened:
        server.__exit__(None, None, None)


def add(house, *, to="chat:ops", key="k"):
    with house.database.transaction() as session:
        add_notices(session, [NewNotice(key, to, "Ann is here")], now=house.clock.now())


def read(house):
    with house.database.reading() as session:
        row = session.query(Notice).one()
        return row.told_at, row.due_at, row.attempts, row.trouble


def test_a_notice_to_a_chat_is_told_once(serve):
    house, requests = serve(lambda _: Response(200, b"ok"))
    for _ in range(2):
        add(house)
    add(house, to="owner", key="other")
    assert (tell_chats(house), tell_chats(house), len(requests)) == (1, 0, 1)
    with house.database.reading() as session:
        told = session.query(Notice).filter_by(to="chat:ops").one()
        assert told.told_at == house.clock.now() and told.trouble is None


def test_what_is_not_taken_is_tried_again_ever_more_rarely_and_then_given_up(serve, wall):
    house, _ = serve(lambda _: Response(503, b"busy"))
    add(house)
    while (due := read(house)[1]) is not None:
        wall.moment = max(due, wall.moment)
        assert tell_chats(house) == 1
        assert tell_chats(house) == 0
    told_at, _, attempts, trouble = read(house)
    assert told_at is None and attempts <= MOST_ATTEMPTS and trouble
    assert TOKEN not in trouble


def test_news_of_yesterday_is_no_news(serve, wall):
    house, requests = serve(lambda _: Response(200, b"ok"))
    add(house)
    wall.advance(OLDEST + timedelta(seconds=1))
    assert tell_chats(house) == 0 and requests == [] and read(house)[3] == "too old"


def test_an_unknown_chat_is_noted_and_without_chats_nothing_is_asked(
    serve, database, tmp_path, wall
):
    house, requests = serve(lambda _: Response(200, b"ok"))
    add(house, to="chat:sales")
    assert tell_chats(build_house(database, tmp_path, wall=wall)) == 0
    assert tell_chats(house) == 1 and requests == []
    assert read(house)[1] is None and "no_chat" in read(house)[3]


def test_the_chat_of_admins_hears_once_what_the_product_tells_them(serve):
    house, requests = serve(lambda _: Response(200, b"ok"), name="admins")
    add(house, to="owner")
    add(house, to="user:ann", key="other")
    for _ in range(2):
        tell_admins(house)
        tell_chats(house)
    assert len(requests) == 1 and b"Ann is here" in requests[0].body


def test_another_chat_hears_nothing_of_it(serve):
    house, requests = serve(lambda _: Response(200, b"ok"))
    add(house, to="owner")
    tell_admins(house)
    assert (tell_chats(house), requests) == (0, [])
