package dev.allsquare.local;

import java.time.Duration;
import java.time.Instant;

/** Prints each line with the seconds since this program began. */
final class Elapsed implements Progress {

  private final Instant began =
      ProcessHandle.current().info().startInstant().orElseGet(Instant::now);

  @Override
  public void says(String line) {
    System.out.printf("%6.1f s  %s%n", seconds(), line);
  }

  double seconds() {
    return Duration.between(began, Instant.now()).toMillis() / 1000.0;
  }
}
