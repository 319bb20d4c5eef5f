package dev.allsquare.local;

import java.nio.file.Path;

/** The JVM that runs us also runs what we start. */
final class Java {

  private Java() {}

  static String program() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
