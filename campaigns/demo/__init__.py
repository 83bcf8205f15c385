"""What the calendar and the links add to the demo's story of Ropewalk Group."""
