"""What pages and alerts both say, in Japanese and English: the words of what watching, plans and pushes tell."""
