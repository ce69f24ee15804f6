"""A folder of journeys is brought in whole, or not at all."""

import json
import shutil
from pathlib import Path

import pytest

from engine.errors import Invalid, InvalidJourney
from engine.models.contact import Topic
from engine.models.journey import Journey, JourneyVersion
from engine.models.message import Endpoint, Template, TemplateVersion
from engine.models.segment import Segment
from server.applying import apply_folder, validate_folder
from server.folder import read_folder
from tests.server.test_commands import run

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "journeys"


@pytest.fixture
def house(house):
    yield house
    house.outgoing.close()


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(EXAMPLES, tmp_path / "journeys"))


def change(path, edit):
    document = json.loads(path.read_text())
    edit(document)
    path.write_text(json.dumps(document))


def count(house, *rows):
    with house.database.reading() as session:
        return [session.query(row).count() for row in rows]


def test_the_examples_come_in_with_all_they_name_and_are_live(house):
    applied = apply_folder(house, read_folder([EXAMPLES]), by="console")
    assert "journey welcome: published version 1" in applied.lines
    assert "topic newsletter: made" in applied.lines
    with house.database.reading() as session:
        assert {each.state for each in session.query(Journey).all()} == {"live"}
        secrets = [each.secret for each in session.query(Endpoint).all()]
        versions = session.query(JourneyVersion).all()
    assert all(each.startswith("whsec_") for each in secrets)
    assert len(set(secrets)) == len(secrets)
    assert {each.published_by for each in versions} == {"console"}
    topics, segments, templates = count(house, Topic, Segment, Template)
    assert (topics, segments, templates) == (3, 1, 10)


def test_applying_again_changes_nothing(house):
    apply_folder(house, read_folder([EXAMPLES]), by="console")
    before = count(house, Topic, Segment, Endpoint, TemplateVersion, JourneyVersion)
    applied = apply_folder(house, read_folder([EXAMPLES]), by="console")
    assert all(line.endswith(": unchanged") for line in applied.lines)
    assert count(house, Topic, Segment, Endpoint, TemplateVersion, JourneyVersion) == before


def test_what_is_there_already_stays_as_it_is(house, folder):
    apply_folder(house, read_folder([folder]), by="console")
    change(folder / "catalogue.json", lambda all_: all_["topics"][0].update(name="Another"))
    apply_folder(house, read_folder([folder]), by="console")
    with house.database.reading() as session:
        assert session.get_one(Topic, "newsletter").name == "Newsletter"


def test_changed_words_and_journeys_make_new_versions(house, folder):
    apply_folder(house, read_folder([folder]), by="console")
    letter = folder / "templates" / "welcome-1.mjml"
    letter.write_text(letter.read_text().replace("Welcome", "Good day"))
    change(folder / "welcome.json", lambda one: one.update(name="Another name"))
    lines = apply_folder(house, read_folder([folder]), by="console").lines
    assert "template welcome-1: version 2" in lines
    assert "journey welcome: published version 2" in lines
    assert "journey win-back: unchanged" in lines


def test_one_journey_that_cannot_work_keeps_the_whole_folder_out(house, folder):
    change(
        folder / "win-back.json",
        lambda one: one["nodes"]["offer"].update(template="no-such-template"),
    )
    with pytest.raises(InvalidJourney) as refused:
        apply_folder(house, read_folder([folder]), by="console")
    assert "nothing was applied" in str(refused.value)
    (problem,) = refused.value.problems
    assert problem["node"] == "offer"
    assert "win-back.json" in problem["message"]
    assert count(house, Topic, Segment, Endpoint, Template, Journey) == [0, 0, 0, 0, 0]


def test_a_template_that_cannot_be_used_keeps_the_whole_folder_out(house, folder):
    letter = folder / "templates" / "welcome-1.mjml"
    letter.write_text(letter.read_text() + "{% if %}")
    with pytest.raises(Invalid, match="welcome-1.mjml"):
        apply_folder(house, read_folder([folder]), by="console")
    assert count(house, Template, Journey) == [0, 0]


def test_checking_takes_in_what_the_folder_itself_brings(house, folder):
    assert validate_folder(house, read_folder([folder])) == []
    shutil.rmtree(folder / "templates")
    found = validate_folder(house, read_folder([folder]))
    assert {each.code for each in found if each.is_error} == {"template_unknown"}
    assert count(house, Topic, Journey) == [0, 0]


def test_checking_looks_over_the_letters(house, folder):
    letter = folder / "templates" / "welcome-1.mjml"
    image = (
        '<mj-section><mj-column><mj-image src="https://x.example/a.png" /></mj-column></mj-section>'
    )
    letter.write_text(letter.read_text().replace("</mj-body>", f"{image}</mj-body>"))
    (found,) = validate_folder(house, read_folder([folder]))
    line = (
        letter.read_text()
        .splitlines()
        .index(next(x for x in letter.read_text().splitlines() if image in x))
    )
    assert (found.file, found.code, found.is_error) == (str(letter), "missing_alt", False)
    assert found.place == f"line {line + 1}"


def test_r117_what_can_be_refused_is_not_sent_as_transactional(house, folder):
    journey = folder / "win-back.json"
    change(journey, lambda one: one["nodes"]["offer"].update({"class": "transactional"}))
    (found,) = validate_folder(house, read_folder([folder]))
    assert (found.place, found.code, found.is_error) == ("offer", "topic_needless", True)
    with pytest.raises(InvalidJourney, match="win-back cannot be published"):
        apply_folder(house, read_folder([folder]), by="console")
    change(journey, lambda one: one["nodes"]["offer"].pop("topic"))
    apply_folder(house, read_folder([folder]), by="console")


def test_r117_marketing_needs_a_link_to_unsubscribe(house, folder):
    letter = folder / "templates" / "win-back-offer.mjml"
    with_link = letter.read_text()
    letter.write_text(with_link.replace('include "bottom-marketing"', 'include "bottom"'))
    (found,) = validate_folder(house, read_folder([folder]))
    assert (found.place, found.code, found.is_error) == ("offer", "unsubscribe_missing", True)
    with pytest.raises(InvalidJourney, match="win-back cannot be published"):
        apply_folder(house, read_folder([folder]), by="console")
    letter.write_text(with_link)
    apply_folder(house, read_folder([folder]), by="console")


def test_nodes_drawn_elsewhere_make_no_version_and_are_kept(house, folder):
    apply_folder(house, read_folder([folder]), by="console")
    change(folder / "welcome.json", lambda one: one.update(layout={"hello": {"x": 7, "y": 7}}))
    lines = apply_folder(house, read_folder([folder]), by="console").lines
    assert "journey welcome: layout saved, no new version" in lines
    with house.database.reading() as session:
        (row,) = [each for each in session.query(Journey).all() if each.key == "welcome"]
    assert row.draft["layout"] == {"hello": {"x": 7, "y": 7}}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "this is not JSON"),
        (b"[]", "the journey"),
        (b'{"format": 1, "format": 1}', "stands twice"),
        (b'{"format": 1, "key": "x"}', "this must be there"),
    ],
)
def test_a_file_that_is_no_journey_is_named(tmp_path, content, words):
    file = tmp_path / "broken.json"
    file.write_bytes(content)
    with pytest.raises(InvalidJourney) as refused:
        read_folder([file])
    messages = [each["message"] for each in refused.value.problems]
    assert all(str(file) in message for message in messages)
    assert any(words in message for message in messages)


def test_a_catalogue_that_is_none_is_named(folder):
    (folder / "catalogue.json").write_text('{"topics": [{"key": "No Key"}]}')
    with pytest.raises(InvalidJourney) as refused:
        read_folder([folder])
    assert "catalogue.json" in refused.value.problems[0]["message"]


def test_what_cannot_be_read_is_said(tmp_path):
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe")
    with pytest.raises(Invalid, match="cannot be read"):
        read_folder([tmp_path / "bytes.json"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(Invalid, match="no journeys"):
        read_folder([tmp_path / "empty"])


def test_files_go_in_and_come_out_by_the_command(tmp_path):
    data = ("--data", tmp_path / "d")
    assert "0 errors" in run("journeys", "validate", EXAMPLES, *data)
    assert "published version 1" in run("journeys", "apply", EXAMPLES, *data)
    run("journeys", "export", "--to", tmp_path / "out", *data)
    names = {path.name for path in (tmp_path / "out").iterdir()}
    tests = {path.name for path in EXAMPLES.glob("*.test.json")}
    assert len(tests) == 4
    assert names == {path.name for path in EXAMPLES.glob("*.json")} - tests - {"catalogue.json"}
    for name in names:
        assert json.loads((tmp_path / "out" / name).read_text()) == json.loads(
            (EXAMPLES / name).read_text()
        )
    one = run("journeys", "export", "welcome", *data)
    assert json.loads(one)["key"] == "welcome"
    assert "unchanged" in run("journeys", "apply", tmp_path / "out", *data)
    assert "name one journey" in run("journeys", "export", *data, code=2)


def test_the_command_names_file_and_node_of_what_is_wrong(tmp_path, folder):
    change(folder / "welcome.json", lambda one: one["nodes"]["hello"].update(next="nowhere"))
    said = run("journeys", "validate", folder, "--data", tmp_path / "d", code=2)
    assert "welcome.json: error [hello]" in said
    said = run("journeys", "apply", folder, "--data", tmp_path / "d", code=2)
    assert "nothing was applied" in said
    assert "'nowhere'" in said


def test_r096_the_command_plans_an_edit_and_moves_those_inside(tmp_path, folder):
    data = ("--data", tmp_path / "d")
    said = run("journeys", "plan", folder, *data, code=2)  # templates are not there yet
    assert "cannot be published" in said
    run("journeys", "apply", folder, *data)
    assert "welcome: unchanged" in run("journeys", "plan", folder, *data)
    change(folder / "welcome.json", lambda one: one["nodes"]["hello"].update(note="x"))
    assert "a new version changes" not in run("journeys", "plan", folder, *data)
    moves = tmp_path / "moves.json"
    moves.write_text('{"welcome": {"hello": {"to": "exit"}}}')
    assert "--migrate is needed" in run(
        "journeys", "apply", folder, "--moves", moves, *data, code=2
    )
    run("journeys", "apply", folder, "--migrate", "--moves", moves, *data)
    moves.write_text('{"welcome": {"hello": "exit"}}')
    said = run("journeys", "apply", folder, "--migrate", "--moves", moves, *data, code=2)
    assert "welcome.hello" in said


def test_r103_the_command_pauses_resumes_stops_and_deletes(tmp_path, folder):
    data = ("--data", tmp_path / "d")
    run("journeys", "apply", folder, *data)
    assert "paused (all)" in run("journeys", "pause", "welcome", *data)
    assert "0 released" in run("journeys", "resume", "welcome", "--waits", "keep", *data)
    assert "paused (sends)" in run("journeys", "pause", "welcome", "--what", "sends", *data)
    run("journeys", "resume", "welcome", "--what", "sends", *data)
    assert "stop it first" in run("journeys", "delete", "welcome", *data, code=2)
    assert "0 ended" in run("journeys", "stop", "welcome", "--now", *data)
    assert "its statistics stay as welcome~" in run("journeys", "delete", "welcome", *data)


def test_journeys_that_start_each_other_come_in_together(house, folder):
    for key, other in (("first", "second"), ("second", "first")):
        document = {
            "format": 1,
            "key": key,
            "name": key.title(),
            "trigger": {"kind": "journey", "from": [other]},
            "start": "s",
            "nodes": {"s": {"kind": "start_journey", "journey": other}},
        }
        (folder / f"{key}.json").write_text(json.dumps(document))
    assert [each for each in validate_folder(house, read_folder([folder])) if each.is_error] == []
    apply_folder(house, read_folder([folder]), by="test")
    change(folder / "second.json", lambda document: document["trigger"].update({"from": ["x"]}))
    [remark] = [each for each in validate_folder(house, read_folder([folder])) if each.is_error]
    assert (remark.file, remark.place) == (str(folder / "first.json"), "s")
    assert remark.code == "journey_not_startable"
