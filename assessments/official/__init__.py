"""Results that another body announced: kept as received, shown beside the own figures."""
