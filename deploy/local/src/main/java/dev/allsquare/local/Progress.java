package dev.allsquare.local;

/** Hears what a starting or stopping topology is doing. */
@FunctionalInterface
public interface Progress {

  /** Takes one line that a person can read. */
  void says(String line);

  /** For those who only want the outcome. */
  static Progress silent() {
    return line -> {};
  }
}
