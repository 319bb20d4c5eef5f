package dev.allsquare.kafka;

import java.util.ArrayList;
import java.util.List;

/**
 * The topics a service reads or writes; a service declares them as a bean, and they are created
 * where they are missing, each with its dead-letter topic.
 *
 * @param streams topics whose records end with their retention
 * @param tables compacted topics: the newest record of every key stays
 */
public record Topics(List<String> streams, List<String> tables) {

  /** What a dead-letter topic's name ends with. */
  public static final String DEAD_LETTER_SUFFIX = ".dlt";

  public Topics {
    streams = List.copyOf(streams);
    tables = List.copyOf(tables);
  }

  public Topics(String... streams) {
    this(List.of(streams), List.of());
  }

  /** These topics and one more that is compacted. */
  public Topics withTable(String topic) {
    var more = new ArrayList<>(tables);
    more.add(topic);
    return new Topics(streams, more);
  }
}
