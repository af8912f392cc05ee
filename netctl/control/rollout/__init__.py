"""A change carried out: pushed, watched while it goes, resumed, taken back."""
