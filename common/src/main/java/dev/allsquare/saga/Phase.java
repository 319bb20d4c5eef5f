package dev.allsquare.saga;

import dev.allsquare.message.Direction;

/** Which way a saga goes, or went. Parked sagas keep theirs. */
enum Phase {
  RUNNING(Direction.ACTION, false),
  COMPENSATING(Direction.COMPENSATION, false),
  COMPLETED(Direction.ACTION, true),
  COMPENSATED(Direction.COMPENSATION, true);

  private final Direction direction;
  private final boolean ended;

  Phase(Direction direction, boolean ended) {
    this.direction = direction;
    this.ended = ended;
  }

  Direction direction() {
    return direction;
  }

  boolean ended() {
    return ended;
  }
}
