"""The typesetting loop: the laid-out pages are read as a proof-reader reads them, and set again where something was found."""
