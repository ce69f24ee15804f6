"""Looks a letter over before it is saved: everything that is wrong with it at once, and what may be better.

Touches no native code: what only the MJML compiler can find, it finds when the letter is compiled.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from engine.language.say import say
from engine.messages.compose.compile_template import (
    GMAIL_CLIPS_AT,
    check_jinja,
    compile_line,
)
from engine.messages.compose.letter import read_letter
from engine.messages.compose.letter_links import look_at_lines, look_at_links
from engine.messages.compose.letter_looks import look_at_looks
from engine.messages.compose.lint_finding import Finding, find
from engine.messages.compose.lookup_names import KnownLookups, look_at_names
from engine.messages.compose.template_carrier import Carrier
from engine.messages.compose.template_errors import TemplateRefused
from engine.messages.compose.template_language import (
    Variable,
    list_unknown_variables,
)
from engine.messages.compose.template_markup import Element, parse_markup
from engine.messages.compose.template_rules import is_known_attribute, is_known_tag
from engine.messages.compose.template_source import (
    Piece,
    expand_includes,
    leave_out_comments,
)


def lint_template(
    source: str,
    partials: Mapping[str, str],
    *,
    is_marketing: bool,
    catalogue: Collection[str] | None = None,
    size: int | None = None,
    lookups: KnownLookups | None = None,
) -> list[Finding]:
    """Return the findings of a letter in the order of its lines; none means that nothing was found. Pure.

    Args:
        source: the `.mjml` as people write it.
        partials: what it may include.
        is_marketing: it must let everybody unsubscribe.
        catalogue: paths that contexts offer, such as `contact.first_name` or `items[].name`; None knows of none.
        size: of its HTML in bytes as it comes out, or as it is compiled; None: nobody knows.
        lookups: what it may look things up in; None: nobody asked.
    """
    try:
        letter = read_letter(source, partials)
        pieces = leave_out_comments(expand_includes(letter.mjml, partials))
        carrier = Carrier(pieces)
        root = parse_markup(carrier.source, carrier.locate)
        variables = _list_variables(pieces, letter.subject)
    except TemplateRefused as error:
        return [find(error.position, "refused", error.reason, "error")]
    found = [
        *_look_over(root),
        *look_at_lines(letter.subject, letter.preheader, source),
        *look_at_looks(root, carrier),
        *look_at_links(root, carrier),
    ]
    if "lang" not in root.attributes:
        words = say(
            'say in which language the letter is, such as <mjml lang="en">: it is read aloud by it'
        )
        found.append(find(root.position, "no_language", words, "hint"))
    if catalogue is not None:
        found += _list_undefined(variables, catalogue)
    if lookups is not None:
        found += look_at_names(source, partials, lookups)
    if is_marketing and not has_unsubscribe(each.path for each in variables):
        words = say("a marketing letter needs a link to {{{{ unsubscribe_url }}}}")
        found.append(find(root.position, "no_unsubscribe", words, "error"))
    if size is not None and size > GMAIL_CLIPS_AT:
        words = say("{size} kB: Gmail hides what comes after 102 kB", size=size // 1024)
        found.append(find(root.position, "too_large", words))
    return sorted(found, key=lambda each: each.line)


def has_unsubscribe(paths: Iterable[str]) -> bool:
    """Return whether a letter that reads these values lets everybody unsubscribe (rule 117)."""
    return "unsubscribe_url" in paths


def _list_variables(pieces: Sequence[Piece], subject: str) -> tuple[Variable, ...]:
    body = check_jinja(pieces)
    read = {each.path for each in body}
    return (*body, *(each for each in compile_line(subject, "subject")[1] if each.path not in read))


def _look_over(element: Element) -> Iterator[Finding]:
    if not is_known_tag(element.tag):
        words = say("<{tag}> is not available", tag=element.tag)
        yield find(element.position, "unknown_tag", words, "error")
    for attribute in element.attributes.values():
        if not is_known_attribute(attribute.name):
            words = say(
                "the attribute {name} is not available on <{tag}>",
                name=attribute.name,
                tag=element.tag,
            )
            yield find(attribute.position, "unknown_attribute", words, "error")
    for child in element.children:
        if isinstance(child, Element):
            yield from _look_over(child)


def _list_undefined(
    variables: Collection[Variable], catalogue: Collection[str]
) -> Iterator[Finding]:
    for unknown in list_unknown_variables(variables, catalogue):
        if not unknown.variable.has_default:
            words = say("nothing offers {path}", path=unknown.variable.path)
            if unknown.suggestion:
                words += say("; did you mean {path}?", path=unknown.suggestion)
            yield find(unknown.variable.position, "undefined_variable", words)
