"""What an assessment tells when it is looked at as a whole and over the years."""
