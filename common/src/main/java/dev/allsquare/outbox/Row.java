package dev.allsquare.outbox;

import dev.allsquare.message.Message;

/**
 * One row of the outbox.
 *
 * @param parked whether its key is parked already
 */
record Row(long seq, int shard, boolean parked, Message message) {

  /** The number of shards, as many as the migration made leases. */
  static final int SHARDS = 16;

  /** What order is kept for. */
  record Key(String topic, String key) {

    /** Unambiguous, since no topic's name has a space. */
    String text() {
      return topic + ' ' + key;
    }
  }

  Key key() {
    return new Key(message.topic(), message.key());
  }

  static int shardOf(Message message) {
    return Math.floorMod(message.key().hashCode(), SHARDS);
  }
}
