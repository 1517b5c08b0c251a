"""The five questions of a sales organisation, each answered in a sentence with figures: one module each."""
