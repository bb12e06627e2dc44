"""The learnt judge of candidate events: its features and its use."""
