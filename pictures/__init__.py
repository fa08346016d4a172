"""Pictures of every kind of page, to be looked at; the proof in the tests visits the same pages."""
