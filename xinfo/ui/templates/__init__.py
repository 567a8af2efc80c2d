"""Templates in the browser: saving from an answer, the library, the form, the editor, review and versions."""
