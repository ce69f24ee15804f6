"""A real instance that jumps from instant to instant, and what rows say happened in it."""

import heapq
import json
from datetime import timedelta
from itertools import count

from sqlalchemy import func, select

from channels.base import Receipt, Verdict, WebhookAnswer
from engine.db import table_of
from engine.errors import Conflict
from engine.events.accepting import OwnEvent, append_own
from engine.events.arrivals import MESSAGE_RECEIVED
from engine.journeys.deciding.plan import describe_path
from engine.journeys.definition.journey import parse_journey
from engine.journeys.records import keep_record
from engine.journeys.responding.answering import answer
from engine.journeys.responding.reaction import Moment, react_to_events, react_to_transitions
from engine.journeys.running.live import load_plans
from engine.journeys.running.questions import escalate_due
from engine.journeys.running.runner import advance_due
from engine.journeys.simulation.given import Identified, Kept, Received, Recorded
from engine.journeys.simulation.post import FATES, WORDS
from engine.journeys.watching.watches import begin_watches, release_due
from engine.messages.handover import delivery
from engine.messages.parcels import Result
from engine.models.contact import Contact, Identity, Topic
from engine.models.journey import (
    Enrollment,
    GoalReached,
    Journey,
    JourneyVersion,
    Notice,
    Pass,
    Tally,
    Watch,
)
from engine.models.message import Endpoint, Message, Template
from engine.models.question import Question
from engine.models.segment import Segment, SegmentRecheck
from engine.segments.membership import recheck_due
from tests.claiming import claim
from tests.shop import NOON, Shop

MARKS = {
    "delivered": ["delivered"],
    "opened": ["delivered", "opened"],
    "clicked": ["delivered", "opened", "clicked"],
    "bounced": ["bounced"],
}


class Instance(Shop):
    """An instance that jumps to whatever is due next."""

    def __init__(self, database, document, *, segments, implied, assumed, answers=()):
        self.database, self.now = database, NOON
        self.assumed, self.answers, self._asked = assumed, dict(answers), set()
        self._order = count()
        self._coming = []
        with database.transaction() as session:
            for key in ("news", "shop"):
                opt_in = "implied" if key in implied else "explicit"
                session.add(Topic(key=key, name=key, opt_in=opt_in, created_at=NOON))
            for key, channel in (("hello", "email"), ("text", "sms")):
                session.add(Template(key=key, channel=channel, name=key, created_at=NOON))
            session.add(Endpoint(key="crm", secret="whsec_eA==", headers={}, created_at=NOON))
            for key, condition in segments.items():
                session.add(
                    Segment(
                        key=key,
                        name=key,
                        condition=condition,
                        created_at=NOON,
                        updated_at=NOON,
                        refreshed_at=NOON,
                    )
                )
            self.plan = self._make_live(session, document)

    def _make_live(self, session, document):
        parsed = parse_journey(json.dumps(document))
        at = {"created_at": NOON, "updated_at": NOON}
        journey = Journey(key=parsed.key, name="J", state="live", draft=document, **at)
        session.add(journey)
        session.flush()
        version = JourneyVersion(
            journey_id=journey.id,
            number=1,
            document=document,
            digest="",
            published_at=NOON,
            published_by="test",
        )
        session.add(version)
        session.flush()
        journey.version_id = version.id
        plan = load_plans(session, [version.id])[version.id]
        begin_watches(session, plan, now=NOON, default_zone="UTC")
        return plan

    def live(self, given, *, until):
        """Let these happen, `(at, name of the contact, what)`, and everything that follows."""
        for at, who, what in given:
            self._expect(at, ("said", who, what))
        while True:
            now = min((at for at in self._list_due() if at is not None), default=None)
            if now is None or now > until:
                return
            self.now = max(now, self.now)
            self._let_happen()
            self.work()

    def work(self):
        moment = Moment(self.now, "UTC", timedelta(hours=72))
        at = {"now": self.now, "default_zone": "UTC"}

        def recheck(session):
            looked, transitions = recheck_due(session, limit=1000, **at)
            react_to_transitions(session, transitions, moment)
            return looked

        busy = True
        while busy:
            busy = False
            for step in (
                lambda s: react_to_events(s, moment, limit=1000),
                recheck,
                lambda s: release_due(s, limit=1000, **at),
                lambda s: advance_due(s, limit=1000, **at),
                lambda s: escalate_due(s, now=self.now),
            ):
                with self.database.transaction() as session:
                    busy = bool(step(session)) or busy
            self._foresee_answers()
            for channel in ("email", "sms", "webhook"):
                busy = self._deliver(channel, at) or busy

    def _list_due(self):
        yield self._coming[0][0] if self._coming else None
        with self.database.reading() as session:
            yield session.scalar(
                select(func.min(Enrollment.wake_at)).where(Enrollment.status.in_((0, 1)))
            )
            yield session.scalar(select(func.min(Watch.due_at)))
            yield session.scalar(select(func.min(SegmentRecheck.due_at)))
            yield session.scalar(select(func.min(Message.due_at)).where(Message.state == 0))
            is_open = Question.closed_at.is_(None) & Question.answered_at.is_(None)
            yield session.scalar(
                select(func.min(Question.escalate_at)).where(
                    is_open, Question.escalated_at.is_(None)
                )
            )

    def _expect(self, at, what):
        heapq.heappush(self._coming, (at, next(self._order), what))

    def _let_happen(self):
        while self._coming and self._coming[0][0] <= self.now:
            self._happen(heapq.heappop(self._coming)[2])

    def _happen(self, what):
        match what:
            case ("said", who, Identified(traits)):
                self.say("identify", userId=who, traits=traits)
            case ("said", who, Kept(type_, key, state, fields)):
                with self.database.transaction() as session:
                    keep_record(
                        session, type_, key, contact=who, state=state, fields=fields, now=self.now
                    )
            case ("said", who, Received(channel, text)):
                properties = {"channel": channel, "text": text}
                self._record(who, MESSAGE_RECEIVED, properties, actor="contact", channel=channel)
            case ("said", who, Recorded(name, properties, depth=depth)):
                self._record(who, name, properties, depth=depth)
            case ("answered", question_id, signal):
                self._answer(question_id, signal)
            case ("said", who, tracked):
                self.say(event=tracked.name, userId=who, properties=tracked.properties)
            case ("marked", parcel, mark):
                self._mark(parcel, mark)

    def _record(self, who, name, properties, **how):
        event = OwnEvent(
            contact_id=self.list_uids()[who][1],
            name=name,
            occurred_at=self.now,
            message_id=f"own:{next(self._order)}",
            properties=properties,
            **how,
        )
        with self.database.transaction() as session:
            append_own(session, [event], now=self.now)

    def _foresee_answers(self):
        """Each question of a node is answered so long after it was asked, as assumed."""
        if not self.answers:
            return
        for question_id, node, asked_at in self.ask(Question.id, Question.node, Question.asked_at):
            if node in self.answers and question_id not in self._asked:
                self._asked.add(question_id)
                assumed = self.answers[node]
                self._expect(asked_at + assumed.after, ("answered", question_id, assumed.signal))

    def _answer(self, question_id, signal):
        try:
            with self.database.transaction() as session:
                answer(
                    session,
                    question_id,
                    label=signal.label,
                    values=signal.values,
                    by="ann",
                    now=self.now,
                )
        except Conflict:
            pass  # too late

    def _deliver(self, channel, at):
        with self.database.transaction() as session:
            claimed = claim(session, channel, limit=1000, owner="w", **at)
        with self.database.transaction() as session:
            going = delivery.start(session, claimed, **at)
        results = [Result(parcel, self._hand_over(parcel)) for parcel in going]
        with self.database.transaction() as session:
            delivery.record(session, results, now=self.now)
        self._let_happen()  # what providers say at once is seen together with the hand-over
        return bool(claimed)

    def _hand_over(self, parcel):
        assumed = self.assumed.get(parcel.node)
        if assumed is not None and assumed.fate == "failed":
            return Receipt(Verdict.PERMANENT)
        if parcel.channel == "webhook":
            answer = {"status": 200, "headers": {}, "body": {}}
            answer |= assumed.answer if assumed else {}
            return Receipt(Verdict.ACCEPTED, answer=WebhookAnswer(**answer))
        if assumed is not None:
            for mark in MARKS.get(assumed.fate, ()):
                late = mark != "delivered"
                self._expect(
                    self.now + (assumed.after if late else timedelta()), ("marked", parcel, mark)
                )
        return Receipt(Verdict.ACCEPTED)

    def _mark(self, parcel, mark):
        message = table_of(Message)
        with self.database.transaction() as session:
            session.execute(
                message.update().where(message.c.id == parcel.id).values({f"{mark}_at": self.now})
            )
            event = OwnEvent(
                contact_id=parcel.contact_id,
                name=f"{WORDS[parcel.channel]} {FATES[mark]}",
                occurred_at=self.now,
                message_id=f"{parcel.uid}:{mark}",
                properties={
                    "journey": self.plan.key,
                    "node": parcel.node,
                    "template": parcel.template,
                },
                actor="provider",
                channel=parcel.channel,
            )
            append_own(session, [event], now=self.now)

    # --- what rows say ---

    def list_uids(self):
        with self.database.reading() as session:
            rows = session.execute(
                select(Identity.value, Contact.uid, Contact.id)
                .join(Contact, Contact.id == Identity.contact_id)
                .where(Identity.kind == "external")
            )
            return {name: (uid, contact_id) for name, uid, contact_id in rows}

    def tell(self, contact_id):
        """What became of a contact, as `tests.engine.journeys.simulation.telling` tells it."""
        with self.database.reading() as session:
            rows = session.scalars(
                select(Enrollment)
                .where(Enrollment.contact_id == contact_id)
                .order_by(Enrollment.entered_at, Enrollment.entry_key, Enrollment.id)
            ).all()
            contact = session.get(Contact, contact_id)
            return {
                "stays": [self._tell_enrollment(session, row) for row in rows],
                "attributes": contact.attributes,
            }

    def _tell_enrollment(self, session, row):
        passes = session.execute(
            select(Pass.at, Pass.path).where(Pass.enrollment_id == row.id).order_by(Pass.seq)
        )
        messages = session.scalars(
            select(Message).where(Message.enrollment_id == row.id).order_by(Message.id)
        )
        goals = session.execute(
            select(GoalReached.goal, GoalReached.at, GoalReached.value).where(
                GoalReached.enrollment_id == row.id
            )
        )
        notices = session.execute(
            select(Notice.at, Notice.to, Notice.words).where(Notice.enrollment_id == row.id)
        )
        return {
            "entry_key": row.entry_key,
            "entered_at": row.entered_at,
            "status": row.status,
            "node": self.plan.keys[row.node],
            "reason": row.reason,
            "ended_at": row.ended_at,
            "wake_at": row.wake_at,
            "context": row.data.get("context", {}),
            "path": [
                (at, part["node"], part["way"])
                for at, path in passes
                for part in describe_path(self.plan, path)
            ],
            "messages": [
                (
                    message.node,
                    message.visit,
                    message.channel,
                    message.created_at,
                    message.state,
                    message.reason or "",
                    message.due_at if message.state == 0 else None,
                    message.data["data"] if message.channel != "webhook" else None,
                    message.sent_at,
                    message.opened_at,
                    message.clicked_at,
                )
                for message in messages
            ],
            "goals": {goal: (at, value) for goal, at, value in goals},
            "notices": sorted(tuple(notice) for notice in notices),
        }

    def count_refused(self):
        with self.database.reading() as session:
            rows = session.execute(
                select(Tally.label, Tally.n).where(Tally.label.startswith("refused:"))
            )
            return {label.removeprefix("refused:"): n for label, n in rows}
