"""Who takes part in an event: the places of its frame, contacts and their sides, doers."""
