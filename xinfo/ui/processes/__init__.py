"""Several server processes behind one address. The front takes connections and hands each, socket and all, to one."""
