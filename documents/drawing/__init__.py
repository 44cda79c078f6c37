"""Drawing a PDF: a process of its own with limits, WeasyPrint in it, what goes in and out."""
