"""What people and programs do to an instance: senders, contacts, colleagues, applications."""

from datetime import timedelta

from engine.errors import EngineError, Unavailable
from engine.events.accepting import accept
from engine.events.incoming import Trust, read_call
from engine.journeys.deciding.retiming import ResumePolicy
from engine.journeys.entering import manual
from engine.journeys.publishing import pausing, publish, stopping
from engine.journeys.publishing.aside import replay_enrollments
from engine.journeys.publishing.pausing import Pausable
from engine.journeys.records import keep_record
from engine.journeys.responding.answering import answer
from engine.journeys.responding.forgetting import ask_for_erasure
from engine.journeys.running import questions
from engine.messages.consent.unsubscribe import find_subscription, unsubscribe
from engine.messages.texts.inbound import Inbound, receive
from tests.sim.documents import TICKET
from tests.sim.furnishing import publish_document
from tests.sim.rows import read_uid

SLOWLY = 30
"""So many of those who are moved, and go on at once, are released a minute."""


class Deeds:
    """The steps of a world that come from outside."""

    def _do_say(self, step):
        what = step.what
        call = {
            "userId": f"c{what['contact']}",
            "messageId": f"m{what['number']}",
            "timestamp": (self.now - timedelta(seconds=what["ago"])).isoformat(),
        }
        if "traits" in what:
            call |= {"type": "identify", "traits": what["traits"]}
        else:
            properties = {"k": what["k"]} if "k" in what else {}
            call |= {"type": "track", "event": what["event"], "properties": properties}
        self._call(what["number"], call, step)

    def _do_alias(self, step):
        if step.what["previous"] == step.what["current"]:
            return
        call = {
            "type": "alias",
            "messageId": f"m{step.what['number']}",
            "previousId": f"c{step.what['previous']}",
            "userId": f"c{step.what['current']}",
            "timestamp": self.now.isoformat(),
        }
        self._call(step.what["number"], call, step)

    def _do_again(self, step):
        if call := self.calls.get(step.what["number"]):
            self._call(step.what["number"], call, step)

    def _call(self, number, call, step):
        """Call the tracking door; who gets no answer calls again, with the same id."""
        with self._process(step) as frame:
            self._accept(call)
        if frame.died:
            with self._process(type(step)("again")):
                self._accept(call)
        self.calls[number] = call

    def _accept(self, call):
        with self.database.transaction() as session:
            read = read_call(call, kind=None, received_at=self.now)
            accept(session, [read], source="key:1", trust=Trust.WRITE, now=self.now)

    def _do_unsubscribe(self, step):
        uids = self.database.query(
            "SELECT uid FROM message WHERE topic IS NOT NULL AND state IN (1, 2) "
            "ORDER BY state, id LIMIT 3"
        )
        if not uids:
            return
        uid = read_uid(uids[step.what["number"] % len(uids)][0])
        with self._process(step), self.database.transaction() as session:
            subscription = find_subscription(session, uid)
            if subscription is not None:
                unsubscribe(session, subscription, how="page", now=self.now)

    def _do_enter(self, step):
        self._operate(
            step,
            manual.enter,
            "j",
            [f"c{step.what['contact']}"],
            data={"k": "a"},
            default_zone="UTC",
        )

    def _do_erase(self, step):
        found = self.database.query(
            "SELECT contact_id FROM identity WHERE kind = 'external' AND value = ?",
            f"c{step.what['contact']}",
        )
        if found:
            self._operate(step, ask_for_erasure, found[0][0], suppresses=True, by="user:1")

    def _do_replay(self, step):
        aside = self.database.query("SELECT id FROM enrollment WHERE status = 4")
        self._operate(step, replay_enrollments, [id_ for (id_,) in aside])

    def _do_pause(self, step):
        what = Pausable(step.what.get("what", Pausable.ALL))
        self._operate(step, pausing.pause, step.what.get("journey", "j"), what=what)

    def _do_resume(self, step):
        asked = {"waits": ResumePolicy(step.what["waits"]), "default_zone": "UTC"}
        asked["what"] = Pausable(step.what.get("what", Pausable.ALL))
        self._operate(step, pausing.resume, step.what.get("journey", "j"), **asked)

    def _do_stop(self, step):
        key, ends_all = step.what.get("journey", "j"), step.what["ends_all"]
        self._operate(step, stopping.stop, key, ends_all=ends_all)

    def _do_republish(self, step):
        number, moves = step.what.get("edition", 1), step.what.get("moves")
        document = dict((self.script.document, *self.script.editions)[number - 1])
        if step.what.get("renames"):
            document["name"] = f"J at {self.now:%d %H:%M:%S}"
        migration = None if moves is None else publish.Migration(moves, "UTC", SLOWLY)
        self._operate(step, publish_document, document, migration=migration)

    def _do_record(self, step):
        what = step.what
        asked = {"contact": f"c{what['contact']}", "state": what["state"]}
        self._operate(
            step, keep_record, TICKET, what["key"], **asked, fields={"size": what["size"]}
        )

    def _do_reply(self, step):
        what, number = step.what, step.what["contact"]
        sender = (
            f"c{number}@shop.example" if what["channel"] == "email" else f"+4915112345{number:03}"
        )
        inbound = Inbound(what["channel"], sender, "Hm", provider_id=f"p{what['number']}")
        self._operate(step, receive, inbound)

    def _do_answer(self, step):
        what = step.what
        asked = self.database.query(
            "SELECT id FROM question ORDER BY answered_at IS NOT NULL, closed_at IS NOT NULL, id "
            "LIMIT 4"
        )
        if asked:
            (question,) = asked[what["number"] % len(asked)]
            values = {} if what["why"] is None else {"why": what["why"]}
            given = {"label": what["label"], "values": values, "by": "user:1"}
            self._operate(step, answer, question, **given)

    def _do_escalate(self, step):
        self._operate(step, questions.escalate_due)

    def _operate(self, step, action, *args, **options):
        """Do what a colleague asks; what is refused is no fault."""
        with self._process(step):
            try:
                with self.database.transaction() as session:
                    action(session, *args, now=self.now, **options)
            except Unavailable:
                raise
            except EngineError as error:
                self.tell(f"refused: {error}")
