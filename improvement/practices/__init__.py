"""Best-practice papers under ten headings, lessons learned and knowledge notes."""
