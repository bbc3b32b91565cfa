"""考核: scores of all units and what each point rests on."""
