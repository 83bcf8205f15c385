"""The experiments of the demo: what Ropewalk Group has tried along its maps in the last year."""
