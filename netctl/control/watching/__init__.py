"""The network is watched, and what was found is kept, told and scraped."""
