"""Papers drawn part by part: marked, drawn apart, kept by their content, joined to one PDF."""
