"""What is followed, as pages, mails and feeds show it."""
