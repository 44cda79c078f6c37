"""What a visit and a director need at a glance: the site-visit briefing and the executive page."""
