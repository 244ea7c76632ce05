"""What several tests need: stages, terminals, factories, journals."""
