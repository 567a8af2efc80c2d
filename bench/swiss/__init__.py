"""Questions by strangers about another office's statistics, and what xinfo answers on them."""
