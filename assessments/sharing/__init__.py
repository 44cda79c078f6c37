"""Work shared over a category: who writes what, remarks, questions to other units."""
