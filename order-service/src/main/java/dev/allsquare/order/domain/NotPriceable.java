package dev.allsquare.order.domain;

/** These lines do not add up to one amount of money. */
public final class NotPriceable extends RuntimeException {

  /** Which rule they break. */
  public enum Rule {
    ONE_CURRENCY,
    TOTAL_FITS
  }

  private final Rule rule;

  NotPriceable(Rule rule, String why) {
    super(why);
    this.rule = rule;
  }

  public Rule rule() {
    return rule;
  }
}
