"""What must hold before and after a router is changed: pure functions, every problem one sentence to act on."""
