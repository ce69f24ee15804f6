"""What a node does: one kind, one file. `ACTIONS` is the table of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.actions import (
    ask,
    branch,
    consent,
    emit_event,
    go_to,
    goal,
    leave,
    notify,
    score,
    send_email,
    send_first,
    send_push,
    send_sms,
    split,
    start_journey,
    stop_journey,
    tag,
    throttle,
    update_contact,
    wait,
    wait_for,
    webhook,
)
from engine.decision import Decision, Facts
from engine.parts.paths import NodeBase


@dataclass(frozen=True, slots=True)
class Action:
    """One kind of node.

    Attributes:
        model: how a document writes it.
        decide: what it answers; touches nothing.
    """

    model: type[NodeBase]
    decide: Callable[[Any, Facts], Decision]


ACTIONS: Final[Mapping[str, Action]] = {
    "wait": Action(wait.WaitNode, wait.decide),
    "wait_for": Action(wait_for.WaitForNode, wait_for.decide),
    "branch": Action(branch.BranchNode, branch.decide),
    "split": Action(split.SplitNode, split.decide),
    "send_email": Action(send_email.SendEmailNode, send_email.decide),
    "send_sms": Action(send_sms.SendSmsNode, send_sms.decide),
    "send_first": Action(send_first.SendFirstNode, send_first.decide),
    "send_push": Action(send_push.SendPushNode, send_push.decide),
    "webhook": Action(webhook.WebhookNode, webhook.decide),
    "update_contact": Action(update_contact.UpdateContactNode, update_contact.decide),
    "tag": Action(tag.TagNode, tag.decide),
    "consent": Action(consent.ConsentNode, consent.decide),
    "score": Action(score.ScoreNode, score.decide),
    "emit_event": Action(emit_event.EmitEventNode, emit_event.decide),
    "start_journey": Action(start_journey.StartJourneyNode, start_journey.decide),
    "stop_journey": Action(stop_journey.StopJourneyNode, stop_journey.decide),
    "throttle": Action(throttle.ThrottleNode, throttle.decide),
    "notify": Action(notify.NotifyNode, notify.decide),
    "ask": Action(ask.AskNode, ask.decide),
    "goal": Action(goal.GoalNode, goal.decide),
    "leave": Action(leave.LeaveNode, leave.decide),
    "go_to": Action(go_to.GoToNode, go_to.decide),
}
