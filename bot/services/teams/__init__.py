"""Teams: who belongs to them, who leads, and who is gone."""
