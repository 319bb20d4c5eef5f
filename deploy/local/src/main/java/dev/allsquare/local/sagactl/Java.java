package dev.allsquare.local.sagactl;

/** Text as Java source has it. */
final class Java {

  private Java() {}

  static String quoted(String text) {
    return '"' + Text.clean(text).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
