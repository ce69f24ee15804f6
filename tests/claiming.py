"""Leasing messages of a channel whatever their class, in the order in which they leave."""

from engine.messages.handover import delivery


def claim(session, channel, **how):
    return [
        parcel
        for name in delivery.CLASSES
        for parcel in delivery.claim(session, delivery.Stream(channel, name), **how)
    ]
