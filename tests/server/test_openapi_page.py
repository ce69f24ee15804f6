"""The file from which the builder's client is made is that of the routes."""

from server.openapi_page import FILE, build_page


def test_the_file_is_that_of_the_routes():
    assert FILE.read_text(encoding="utf-8") == build_page(), "run make schema"
