package dev.allsquare.inventory.domain;

/** The stock as it stands does not allow this; nothing was changed. */
public final class StockRefusal extends RuntimeException {

  StockRefusal(String why) {
    super(why);
  }
}
