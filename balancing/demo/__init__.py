"""The demo workspace: an invented company on real geography, with planted faults that are recorded beside it."""
