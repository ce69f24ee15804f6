"""A file becomes contacts: its columns are guessed, it is checked, brought in, and its refused rows are kept."""

import uuid

import pytest

from tests.e2e.life import ask

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.timeout(120),
    pytest.mark.xdist_group("demo"),
]
PATIENCE = 30_000


def test_a_file_is_checked_brought_in_and_reported(page, demo):
    url, mark = demo[0], uuid.uuid4().hex[:8]
    rows = f"E-Mail;Vorname;Newsletter\n{mark}@example.com;Grüße {mark};ja\nnowhere;=1+1;ja\n"
    page.goto(f"{url}/contacts")
    page.get_by_role("link", name="Import").click(timeout=PATIENCE)
    file = {"name": "people.csv", "mimeType": "text/csv", "buffer": rows.encode("cp1252")}
    page.locator("input[type=file]").set_input_files(file, timeout=PATIENCE)
    page.get_by_text("Do umlauts and accents look right?").wait_for(timeout=PATIENCE)
    assert page.get_by_label("What E-Mail becomes").input_value() == "email"
    assert (
        page.get_by_role("combobox", name="Name of the attribute for Vorname").input_value()
        == "first_name"
    )
    assert page.get_by_label("What Newsletter becomes").input_value() == "consent"
    page.get_by_role("button", name="Check the file").click()
    page.get_by_role("alert").get_by_text("Say how you know of these consents").wait_for()
    page.get_by_label("How do you know?").fill("the form on our site")
    page.get_by_role("button", name="Check the file").click()
    page.get_by_role("heading", name="This is what the import would do").wait_for(timeout=PATIENCE)
    assert ask(page.context, "GET", f"{url}/api/v1/contacts?search={mark}")["items"] == []
    page.get_by_role("button", name="Import 1 row").click()
    page.get_by_text("1 row was brought in, 1 refused.").wait_for(timeout=PATIENCE)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download refused rows (CSV)").click()
    written = download.value.path().read_text(encoding="utf-8-sig")
    assert "3,email is not an e-mail address,nowhere,'=1+1,ja" in written
    page.goto(f"{url}/contacts")
    page.get_by_role("textbox", name="Search contacts").fill(mark)
    page.get_by_role("table").get_by_text(f"{mark}@example.com").locator(
        "visible=true"
    ).first.wait_for(timeout=PATIENCE)
