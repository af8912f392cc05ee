"""What may follow what: proposals, votes, windows. `steps` is the door; everything else here is pure."""
