"""The words that Streamlit says itself, in English alone, put into the language of the page."""
