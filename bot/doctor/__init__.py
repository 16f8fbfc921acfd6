"""`okra doctor`: looks at everything Okra needs, and says how to mend what is amiss. It changes nothing."""
