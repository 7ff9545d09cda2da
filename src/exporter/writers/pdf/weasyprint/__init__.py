"""WeasyPrint: how it is started, called, and listened to."""
