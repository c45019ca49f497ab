"""What a responder sees: the Textual screens. The only package that may import textual."""
