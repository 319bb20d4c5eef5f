package dev.allsquare.outbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The rows of one key that one select found; at most the first of them is on its way. */
final class Lane {

  private final Row.Key key;
  private final int shard;
  private final Deque<Row> rows = new ArrayDeque<>();
  private boolean passedOver;

  Lane(Row first) {
    this.key = first.key();
    this.shard = first.shard();
  }

  void add(Row row) {
    rows.addLast(row);
  }

  Row.Key key() {
    return key;
  }

  int shard() {
    return shard;
  }

  /** A select went past this key, since it was on its way: there may be more rows of it. */
  void passOver() {
    passedOver = true;
  }

  boolean wasPassedOver() {
    return passedOver;
  }

  Row head() {
    return rows.getFirst();
  }

  /** Takes the acknowledged head away and says whether there is a next one. */
  boolean advance() {
    rows.removeFirst();
    return !rows.isEmpty();
  }

  List<Long> seqs() {
    return rows.stream().map(Row::seq).toList();
  }
}
