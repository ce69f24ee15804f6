"""The door that hands messages over."""

from engine.messages.handover import delivery
from server.delivering import deliver


def test_two_claims_of_one_process_hold_leases_of_their_own(one_house, monkeypatch):
    owners = []

    def claim(*_, owner, **__):
        owners.append(owner)
        return []

    monkeypatch.setattr(delivery, "claim", claim)
    for _ in range(2):
        assert deliver(one_house, "email") == 0
    assert len(set(owners)) == len(owners) == 4  # of both classes, each time
    assert all(owner.startswith(one_house.outgoing.owner) for owner in owners)
    assert all(len(owner) <= 60 for owner in owners)
