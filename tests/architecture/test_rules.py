"""Every rule of docs/semantics.md is held by a test that bears its number, or says why not."""

from tests.rules import ELSEWHERE, PAGE, find_rules, list_rules, read_tests, summarise, write_page


def test_every_rule_has_a_test_or_a_reason():
    rules = list_rules(PAGE.read_text(encoding="utf-8"))
    assert len(rules) == len(set(rules)) == 141
    assert [rule for rule in rules if rule not in read_tests() and rule not in ELSEWHERE] == []


def test_a_reason_ends_with_the_first_test():
    assert [rule for rule in ELSEWHERE if rule in read_tests()] == []


def test_no_test_bears_the_number_of_a_rule_that_is_not_there():
    rules = set(list_rules(PAGE.read_text(encoding="utf-8")))
    assert set(read_tests()) | set(ELSEWHERE) <= rules


def test_the_table_is_current():
    page = PAGE.read_text(encoding="utf-8")
    assert page == write_page(page, read_tests()), "make schema"


def test_numbers_are_read_from_names():
    assert find_rules("test_r012_fifty_arrivals_make_one") == ["12"]
    assert find_rules("test_r010a_numbers_and_r002_ids") == ["10a", "2"]
    assert find_rules("test_rich_text") == []


def test_a_run_says_which_rules_it_held():
    few = ["test_r012_one", "test_r012_two", "test_it"]
    assert summarise(few) == "rules held by this run: 1 of 141"
    most = [f"test_r{rule:03}_holds" for rule in range(3, 141)]
    assert summarise(most) == "rules held by this run: 138 of 141; not 1 2 10a"
