"""Chats: which addresses there may be, where they may lead, and what they are told."""

import json

import pytest

from channels.base import BadAddress, Verdict
from channels.chat.targets import read_chats
from channels.chat.telling import quieten
from channels.registry import open_chats
from tests.channels.servers import Response, free_port, http_server

TOKEN = "3ccdd113474722377935511fc85d3dd4"


def mattermost(base, name="ops"):
    return f"{name}=mmost://{base.removeprefix('http://')}/{TOKEN}"


@pytest.mark.parametrize(
    "setting",
    [
        "ops=json://localhost", "ops=xml://localhost", "ops=form://x/y", "ops=file:///etc/passwd",
        "ops=exec://ls", "ops=syslog://local", "ops=mailto://a:b@c.d", "ops=windows://x/y",
        "ops=apprise://host/token", "ops=include://x/y", "slack://A/B/C", "OPS=slack://A/B/C",
        "ops=slack", "ops=slack://A/B/C ops=slack://A/B/D", "ops=slack://\x01\x02\x03",
    ],
)  # fmt: skip
def test_only_chats_are_let_through_and_no_address_is_shown(setting):
    with pytest.raises(BadAddress) as refused:
        open_chats(setting)
    assert "A/B/D" not in str(refused.value) and "passwd" not in str(refused.value)


def test_chats_have_names_and_show_no_secret():
    setting = f"ops=mmost://127.0.0.1/{TOKEN}\n sales=tgram://123456789:abc_def/12315544/"
    chats = open_chats(setting)
    assert chats.names == ("ops", "sales")
    assert TOKEN not in repr(read_chats(setting))


def test_a_chat_is_told():
    with http_server(lambda _: Response(200, b"ok")) as (base, requests):
        receipt = open_chats(mattermost(base), "127.0.0.1").tell("ops", "Ann <b> @channel left")
    assert receipt.verdict is Verdict.ACCEPTED
    (request,) = requests
    assert request.path == f"/hooks/{TOKEN}"
    assert json.loads(request.body)["text"] == "Ann \u2039b\u203a @\u200bchannel left"


@pytest.mark.parametrize(
    "url",
    [
        "mmost://127.0.0.1:{port}/" + TOKEN,
        "mmost://localhost:{port}/" + TOKEN,
        "gotify://[::1]:{port}/" + TOKEN,
        "matrix://u:p@10.0.0.1/#room",
        "ntfy://169.254.169.254/topic",
        "ntfy://127.0.0.1:{port}?mode=private&to=topic",
        "ntfy://u:p@127.0.0.1:{port}?to=topic",
        "rockets://u:p@192.168.1.1/#c",
    ],
)
def test_no_host_within_is_reached_unless_it_is_allowed(url):
    with http_server(lambda _: Response(200, b"ok")) as (base, requests):
        port = base.rpartition(":")[2]
        receipt = open_chats("ops=" + url.format(port=port)).tell("ops", "Hello")
    assert receipt.verdict is Verdict.PERMANENT and requests == []


def test_no_redirection_is_followed():
    with http_server(lambda _: Response(200, b"ok")) as (inside, reached):
        moved = Response(302, b"", {"Location": f"{inside}/secret"})
        with http_server(lambda _: moved) as (base, _):
            receipt = open_chats(mattermost(base), "127.0.0.1").tell("ops", "Hello")
    assert receipt.verdict is Verdict.TEMPORARY and reached == []


def test_what_a_chat_does_not_take_is_tried_again_and_nothing_is_raised():
    with http_server(lambda _: Response(503, b"busy")) as (base, _):
        receipt = open_chats(mattermost(base), "127.0.0.1").tell("ops", "Hello")
    assert receipt.verdict is Verdict.TEMPORARY and TOKEN not in repr(receipt)
    away = open_chats(mattermost(f"http://127.0.0.1:{free_port()}"), "127.0.0.1")
    assert away.tell("ops", "Hello").verdict is Verdict.TEMPORARY
    assert away.tell("other", "Hello").code == "no_chat"
    assert open_chats("ops=discord://only-one").tell("ops", "Hi").verdict is Verdict.PERMANENT


def test_words_are_cut_and_call_nobody():
    assert len(quieten("a" * 9000)) == 2000
    assert quieten("@here @Everyone me@here.com @ann").count("@\u200b") == 3
