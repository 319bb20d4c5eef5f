package dev.allsquare.contract;

import java.math.BigDecimal;
import java.util.Currency;

/**
 * An amount with exactly its currency's digits (<a href="https://www.iso.org/iso-4217.html">ISO
 * 4217</a>): {@code 12.50 EUR}, {@code 1200 JPY}, {@code 0.500 KWD}. Text on the wire, whole minor
 * units in arithmetic, floating point nowhere.
 *
 * <p>Construction throws {@link IllegalArgumentException} for an unknown currency, other digits
 * than the currency has, or more than 64 bits of minor units.
 */
public record Money(String amount, String currency) {

  public Money {
    minorUnits(amount, digits(currency));
  }

  /** Money of this many minor units: {@code ofMinor(1250, "EUR")} is 12.50 EUR. */
  public static Money ofMinor(long minor, String currency) {
    return new Money(BigDecimal.valueOf(minor, digits(currency)).toPlainString(), currency);
  }

  /** The amount in minor units. */
  public long minor() {
    return minorUnits(amount, digits(currency));
  }

  /**
   * This amount so many times.
   *
   * @throws ArithmeticException when the product does not fit
   */
  public Money times(int factor) {
    return ofMinor(Math.multiplyExact(minor(), factor), currency);
  }

  /**
   * Both amounts together.
   *
   * @throws ArithmeticException when the sum does not fit
   * @throws IllegalArgumentException when the currencies differ
   */
  public Money plus(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException(currency + " and " + other.currency + " do not add up");
    }
    return ofMinor(Math.addExact(minor(), other.minor()), currency);
  }

  private static int digits(String currency) {
    int digits = currencyOf(currency).getDefaultFractionDigits();
    if (digits < 0) {
      throw new IllegalArgumentException(currency + " is not a currency anyone pays in");
    }
    return digits;
  }

  private static Currency currencyOf(String code) {
    try {
      return Currency.getInstance(code);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + code + "' is not an ISO 4217 currency code", e);
    }
  }

  private static long minorUnits(String amount, int digits) {
    if (!amount.matches(
        digits == 0 ? "-?(0|[1-9]\\d{0,18})" : "-?(0|[1-9]\\d{0,18})\\.\\d{" + digits + "}")) {
      throw new IllegalArgumentException(
          "'"
              + abbreviated(amount)
              + "' is not a decimal number with exactly "
              + digits
              + " digits after the point");
    }
    try {
      return new BigDecimal(amount).unscaledValue().longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("'" + abbreviated(amount) + "' is too large", e);
    }
  }

  private static String abbreviated(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
