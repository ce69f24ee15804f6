"""Where links lead: what leads nowhere is refused as it is written, and harms no other link where it is in use."""

import pytest

from engine.messages.compose.template_errors import TemplateRefused
from engine.messages.library.templates import compile_source
from engine.messages.tracking.following import _gather, clean_target

LETTER = (
    "<mjml><mj-head><mj-title>Hi</mj-title></mj-head><mj-body><mj-section><mj-column>"
    '<mj-text><a href="{}">x</a></mj-text></mj-column></mj-section></mj-body></mjml>'
)
NOWHERE = [
    "https://[bad",
    "https://[bad]/x",
    "http://",
    "https://x.example:99999/",
    "https://shop..example/",
    "https://ü..example/",
    "https://" + "a" * 64 + ".example/",
]
SOMEWHERE = [
    "https://shop.example",
    "HTTPS://shop.example:8443/a?b=[c]#d",
    "https://münchen.example/ü",
    "http://localhost:3000",
    "https://[::1]/",
    "https://under_score.example/",
    "mailto:a@shop.example?subject=x",
    "tel:+49123",
    "#top",
]


@pytest.mark.parametrize("target", NOWHERE)
def test_what_leads_nowhere_is_refused_as_it_is_written(target):
    with pytest.raises(TemplateRefused, match="leads nowhere"):
        compile_source("email", LETTER.format(target))


@pytest.mark.parametrize("target", SOMEWHERE)
def test_what_leads_somewhere_is_taken(target):
    compile_source("email", LETTER.format(target))


@pytest.mark.parametrize("target", NOWHERE)
def test_one_that_is_in_use_already_harms_no_other_link_of_its_letter(target):
    link = {"is_dynamic": False, "has_dynamic_host": False}
    good = {"id": "good", "target": "https://münchen.example:8080/", **link}
    read = _gather([{"links": [{"id": "bad", "target": target, **link}, good]}])
    assert "münchen.example" in read.hosts or "xn--mnchen-3ya.example" in read.hosts
    assert clean_target(good["target"]) == "https://xn--mnchen-3ya.example:8080/"
