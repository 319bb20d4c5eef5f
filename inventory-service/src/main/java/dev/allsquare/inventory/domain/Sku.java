package dev.allsquare.inventory.domain;

import java.util.regex.Pattern;

/**
 * A stock keeping unit, such as {@code TEA-001}: 1 to 64 letters, digits, dots, hyphens and
 * underscores, so that it fits a URL, a Kafka key and a log line as it is.
 */
public record Sku(String code) {

  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  public Sku {
    if (!fits(code)) {
      throw new IllegalArgumentException(
          "A SKU has 1 to 64 letters, digits, dots, hyphens or underscores"
              + " and begins with a letter or digit.");
    }
  }

  /** Whether this can be a SKU at all. */
  public static boolean fits(String code) {
    return SHAPE.matcher(code).matches();
  }

  @Override
  public String toString() {
    return code;
  }
}
