"""What the dashboard and its API show of the network."""
