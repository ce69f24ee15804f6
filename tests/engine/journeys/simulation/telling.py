"""What became of a contact in the simulator, told as the instance's rows tell it."""

from engine.messages.states import MessageState


def tell(lived):
    """What became of a contact in the simulator, as the instance tells it."""
    stays = sorted(lived.stays, key=lambda stay: (stay.entered_at, stay.entry_key, stay.number))
    return {
        "stays": [tell_stay(stay) for stay in stays],
        "attributes": dict(lived.persona.dossier.attributes),
    }


def tell_stay(stay):
    plan = stay.plan
    return {
        "entry_key": stay.entry_key,
        "entered_at": stay.entered_at,
        "status": stay.status,
        "node": plan.keys[stay.node],
        "reason": stay.reason,
        "ended_at": stay.ended_at,
        "wake_at": stay.wake_at,
        "context": stay.context,
        "path": [
            (
                leg.at,
                plan.keys[leg.node],
                None if leg.way is None else plan.ways[leg.node][leg.way].label,
            )
            for leg in stay.legs
        ],
        "messages": [
            (
                message.node,
                message.visit,
                message.channel,
                message.created_at,
                message.state,
                str(message.reason),
                message.due_at if message.state is MessageState.QUEUED else None,
                message.data if message.channel != "webhook" else None,
                message.settled_at if message.state is MessageState.SENT else None,
                message.marks.get("opened"),
                message.marks.get("clicked"),
            )
            for message in stay.messages
        ],
        "goals": {
            goal: (reached.at, None if reached.value is None else str(reached.value))
            for goal, reached in stay.goals.items()
        },
        "notices": sorted(stay.notices),
    }
