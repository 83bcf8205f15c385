"""Bell & Barrow, a coffee roaster: the workspace next door, which nobody of Ropewalk Group may see into."""
