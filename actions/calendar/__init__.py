"""The shop's time: office hours, holidays, working days."""
