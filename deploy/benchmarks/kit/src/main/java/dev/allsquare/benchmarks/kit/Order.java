package dev.allsquare.benchmarks.kit;

import java.util.Random;
import java.util.UUID;

/**
 * What one saga is about, small enough to travel as one string through any engine.
 *
 * @param refused whether its payment will be declined, so that it has to be undone
 */
public record Order(UUID id, int sku, boolean refused) {

  static final int SKUS = 1_000;

  /** One in so many is declined. */
  private static final int DECLINED = 50;

  static Order random(Random random) {
    var id = new UUID(random.nextLong(), random.nextLong());
    return new Order(id, random.nextInt(SKUS), random.nextInt(DECLINED) == 0);
  }

  /** Reads what {@link #text} wrote. */
  public static Order of(String text) {
    var parts = text.split("/", 3);
    return new Order(
        UUID.fromString(parts[0]), Integer.parseInt(parts[1]), Boolean.parseBoolean(parts[2]));
  }

  public String text() {
    return id + "/" + sku + "/" + refused;
  }
}
