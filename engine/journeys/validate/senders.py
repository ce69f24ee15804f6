"""Whether mailbox providers can believe the letters of a journey (rule 118)."""

from collections.abc import Iterator

from engine.actions.send_email import SendEmailNode
from engine.journeys.definition.journey import Journey
from engine.journeys.validate.catalogue import Catalogue
from engine.journeys.validate.problems import Code, Finding
from engine.language.say import say


def check_senders(journey: Journey, catalogue: Catalogue) -> Iterator[Finding]:
    """Yield a finding for each domain that letters come from without aligned records."""
    if not any(isinstance(node, SendEmailNode) for node in journey.nodes.values()):
        return
    for domain in sorted(catalogue.unaligned_senders):
        if catalogue.sends_in_bulk:
            message = say(
                "Letters come from {domain}, whose records do not prove it (DKIM or SPF, and DMARC); at 5,000 letters a day mailbox providers refuse them. See Deliverability.",
                domain=domain,
            )
            yield Finding(Code.SENDER_REFUSED, message, about=domain)
        else:
            message = say(
                "Letters come from {domain}, whose records do not prove it (DKIM or SPF, and DMARC): many will be taken for spam. See Deliverability.",
                domain=domain,
            )
            yield Finding(Code.SENDER_UNPROVEN, message, about=domain)
