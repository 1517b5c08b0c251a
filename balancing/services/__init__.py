"""Every write of this app: named verb-first, with the acting member."""
