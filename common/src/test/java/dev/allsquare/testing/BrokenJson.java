package dev.allsquare.testing;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Bodies that no endpoint of ours takes, whatever it expects. */
public final class BrokenJson {

  /** An upload whose part has a header too long for whoever parses uploads. */
  public static final String UPLOAD =
      "--x\r\nContent-Disposition: form-data; name=\""
          + "x".repeat(20_000)
          + "\"\r\n\r\nx\r\n--x--\r\n";

  /** The content type of {@link #UPLOAD}. */
  public static final String UPLOAD_TYPE = "multipart/form-data; boundary=x";

  private BrokenJson() {}

  /** A name and a body each. */
  public static Stream<Arguments> documents() {
    return Stream.of(
        Arguments.of("empty", ""),
        Arguments.of("malformed", "{name:tea}"),
        Arguments.of("truncated", "{\"name\":\"tea\",\"quantity\":1"),
        Arguments.of("two documents", "{} {}"),
        Arguments.of("null", "null"),
        Arguments.of("an array", "[]"),
        Arguments.of("text", "\"tea\""),
        Arguments.of("nothing in it", "{}"),
        Arguments.of("nested too deeply", "[".repeat(5_000)),
        Arguments.of("not UTF-8's business", "\u0000\u0001"),
        Arguments.of("10 MB", "{\"name\":\"" + "x".repeat(10_000_000) + "\"}"));
  }
}
