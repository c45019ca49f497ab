"""What a responder sees: the Textual application. The only package that imports textual."""
