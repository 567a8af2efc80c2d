"""The box that questions are typed into, with proposals while typing; a small component without outside parts."""
