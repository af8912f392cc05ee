"""What people and programs ask of names: zones, records, findings; what servers hold of them."""
