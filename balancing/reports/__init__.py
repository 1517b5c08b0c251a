"""Documents about an alignment: what leadership reads on one page, and a page for each territory."""
