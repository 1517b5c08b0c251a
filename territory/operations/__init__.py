"""What an editor can do to an alignment: each operation says in a patch what would change, and writes nothing."""
