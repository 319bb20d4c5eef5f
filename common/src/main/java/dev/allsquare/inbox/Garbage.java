package dev.allsquare.inbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record of the log that is no message: its headers or its id could not be read.
 *
 * @param why what was wrong with it, for people
 */
@SuppressWarnings("ArrayRecordComponent") // these are the bytes as they came; nobody compares them
public record Garbage(
    String topic,
    int partition,
    long offset,
    byte @Nullable [] key,
    List<Header> headers,
    byte @Nullable [] payload,
    String why) {

  /** One header of the record, as it came. */
  public record Header(String name, byte @Nullable [] value) {}
}
