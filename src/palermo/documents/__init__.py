"""One shape of report, and how it looks as text and as a web page. Knows nothing of law."""
