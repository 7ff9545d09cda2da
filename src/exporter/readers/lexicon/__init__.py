"""What words mean: names, dates, credits, grammar and the vocabulary of pages. Pure text in, facts out."""
