"""Whether messages fit where they stand: the people, the place, the other messages. Pure Python."""
