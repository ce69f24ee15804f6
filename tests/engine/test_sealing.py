import threading

import pytest

from engine.errors import Invalid
from engine.sealing import FILE, GivenKeys, Seal, Unsealable, build_seal, generate_key

OLD, NEW = generate_key(), generate_key()


def test_what_is_sealed_says_nothing_and_is_never_the_same_twice():
    seal = build_seal(OLD, None)
    first, second = seal.close("whsec_grüße"), seal.close("whsec_grüße")
    assert first != second and "whsec" not in first
    assert seal.open(first) == seal.open(second) == "whsec_grüße"


def test_an_older_key_still_opens_and_the_newest_one_seals():
    kept = build_seal(OLD, None).close("secret")
    both = build_seal(f"{NEW},{OLD}", None)
    assert both.open(kept) == "secret"
    assert build_seal(NEW, None).open(both.close("secret")) == "secret"


def test_another_key_and_a_changed_secret_are_refused_in_words():
    seal = build_seal(OLD, None)
    kept = seal.close("secret")
    for other, changed in ((build_seal(NEW, None), kept), (seal, kept[:-4] + "AAA=")):
        with pytest.raises(Unsealable, match="SOJOURN_SECRET_KEY.*backup") as refused:
            other.open(changed)
        assert OLD not in str(refused.value) and NEW not in str(refused.value)


def test_without_a_setting_a_server_of_databases_seals_nothing():
    seal = Seal(GivenKeys(""))
    assert not seal.is_ready
    with pytest.raises(Unsealable, match="keys generate"):
        seal.close("secret")


def test_a_folder_gets_one_key_however_many_begin_at_once(tmp_path):
    seals = [build_seal("", tmp_path) for _ in range(8)]
    kept = []
    threads = [threading.Thread(target=lambda s=s: kept.append(s.close("a"))) for s in seals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [build_seal("", tmp_path).open(one) for one in kept] == ["a"] * 8
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == [FILE]


def test_whoever_runs_while_the_key_is_changed_reads_on(tmp_path):
    running, changing = build_seal("", tmp_path), build_seal("", tmp_path)
    before = running.close("before")
    changing.add_key()
    assert running.open(changing.close("after")) == "after"
    assert changing.open(before) == "before"
    assert len((tmp_path / FILE).read_text().split()) == 2


def test_keys_that_are_changed_at_once_are_all_kept(tmp_path):
    kept = [build_seal("", tmp_path).close("first")]
    seals = [build_seal("", tmp_path) for _ in range(6)]

    def change(seal):
        seal.add_key()
        kept.append(seal.close("later"))

    threads = [threading.Thread(target=change, args=(seal,)) for seal in seals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len((tmp_path / FILE).read_text().split()) == 7
    assert [build_seal("", tmp_path).open(one) for one in kept] == ["first"] + ["later"] * 6


def test_a_lost_file_is_not_made_anew_by_reading(tmp_path):
    kept = build_seal("", tmp_path).close("secret")
    (tmp_path / FILE).unlink()
    with pytest.raises(Unsealable, match="missing"):
        build_seal("", tmp_path).open(kept)
    assert not (tmp_path / FILE).exists()


def test_a_file_of_something_else_is_refused_and_left(tmp_path):
    (tmp_path / FILE).write_text("my notes")
    with pytest.raises(Unsealable, match="cannot be read as keys"):
        build_seal("", tmp_path).close("secret")
    assert (tmp_path / FILE).read_text() == "my notes"


def test_only_the_operator_changes_a_setting():
    with pytest.raises(Invalid, match="NEW,OLD"):
        build_seal(OLD, None).add_key()
    build_seal(f"{NEW},{OLD}", None).add_key()
