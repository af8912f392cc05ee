"""Names: what `dns/` declares and what follows from the network becomes what each zone must hold."""
