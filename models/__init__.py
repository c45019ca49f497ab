"""What is true of any personal data breach: pure types and functions, no input or output, no clock."""
