"""The award (รางวัล PMQA): its five forms, how ready the office is, and the limits of papers."""
