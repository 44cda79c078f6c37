"""A self-assessment as an Excel workbook: handed out, filled elsewhere, taken in again."""
