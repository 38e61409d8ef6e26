"""What each answer says when it is written down as a report."""
