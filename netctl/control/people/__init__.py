"""Who may come in, how they prove who they are, and what they may leave for programs."""
