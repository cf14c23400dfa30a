package io.parley.cli.load;

/** What was used between two moments, and what people got for it. */
record LoadCost(Stock stock, long acks, long deliveries) {

  LoadCost since(LoadCost earlier) {
    return new LoadCost(
        stock.since(earlier.stock), acks - earlier.acks, deliveries - earlier.deliveries);
  }
}
