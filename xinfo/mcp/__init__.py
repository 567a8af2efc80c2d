"""Answers for other assistants over the Model Context Protocol. Everything here reads; nothing changes a store."""
