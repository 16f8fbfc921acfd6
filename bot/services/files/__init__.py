"""What files do: OKRs come from them and go into them."""
