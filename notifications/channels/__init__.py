"""How a message leaves the portal: one module a channel, each with `hand_over(delivery)`."""
