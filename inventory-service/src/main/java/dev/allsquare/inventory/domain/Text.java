package dev.allsquare.inventory.domain;

/** What people may write: something visible, of bounded length, without control characters. */
final class Text {

  private Text() {}

  /**
   * The text without white space around it.
   *
   * @param what names the text in the complaint, such as {@code A name}
   */
  static String checked(String what, String text, int longest) {
    String trimmed = text.strip();
    if (trimmed.isEmpty() || trimmed.length() > longest) {
      throw new IllegalArgumentException(what + " has 1 to " + longest + " characters.");
    }
    if (trimmed.codePoints().anyMatch(Text::isUnprintable)) {
      throw new IllegalArgumentException(what + " has no control or unassigned characters.");
    }
    return trimmed;
  }

  private static boolean isUnprintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
