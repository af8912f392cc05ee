"""The declared network: made, read, checked, rendered; and held in memory for whoever asks often."""
