"""What a case is under laws and instruments: rules, no storage."""
