package dev.allsquare.saga;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What happened, for whoever has to understand it; only a run that is had again is written down.
 */
final class Story {

  private final boolean isTold;
  private final List<String> lines = new ArrayList<>();

  private Story(boolean isTold) {
    this.isTold = isTold;
  }

  static Story told() {
    return new Story(true);
  }

  static Story untold() {
    return new Story(false);
  }

  void tell(Supplier<String> line) {
    if (isTold) {
      lines.add(line.get());
    }
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
  }
}
