package dev.allsquare.saga;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.allsquare.message.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a step stands in one direction, doing or undoing. The names are part of what is stored.
 *
 * <p>Every attempt has its own message id; {@link #ids} keeps them all, the latest last, because a
 * participant's final verdict counts whichever attempt it answers: its barrier lets only one of
 * them have the effect.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Leg.Idle.class, name = "IDLE"),
  @JsonSubTypes.Type(value = Leg.Awaiting.class, name = "AWAITING"),
  @JsonSubTypes.Type(value = Leg.BackingOff.class, name = "BACKING_OFF"),
  @JsonSubTypes.Type(value = Leg.Stuck.class, name = "STUCK"),
  @JsonSubTypes.Type(value = Leg.GivenUp.class, name = "GIVEN_UP"),
  @JsonSubTypes.Type(value = Leg.Finished.class, name = "FINISHED")
})
sealed interface Leg {

  List<UUID> ids();

  /** Never commanded. */
  record Idle() implements Leg {

    static final Idle IDLE = new Idle();

    @Override
    public List<UUID> ids() {
      return List.of();
    }
  }

  /**
   * Commanded, and not answered.
   *
   * @param lookAt when the sweep has something to do about it
   * @param goneAt when the sweep first saw that the command had left the outbox: the step's timeout
   *     runs from here
   */
  record Awaiting(List<UUID> ids, Instant lookAt, @Nullable Instant goneAt, int resends)
      implements Leg {

    static Awaiting fresh(List<UUID> ids, Instant lookAt) {
      return new Awaiting(ids, lookAt, null, 0);
    }

    /** Whether it is the first or a copy that waits in the outbox: the timeout begins anew. */
    Awaiting lookingAt(Instant lookAt) {
      return new Awaiting(ids, lookAt, null, resends);
    }

    Awaiting gone(Instant at, Instant lookAt) {
      return new Awaiting(ids, lookAt, at, resends);
    }

    Awaiting resent(Instant lookAt) {
      return new Awaiting(ids, lookAt, goneAt, resends + 1);
    }
  }

  /** The last attempt failed; the next one is due at this time. */
  record BackingOff(List<UUID> ids, Instant retryAt) implements Leg {}

  /**
   * Only a reply or an operator helps. While the saga goes in this direction, it is parked; a
   * refusal of the pivot may still turn it, and what is stuck then stays behind.
   */
  record Stuck(List<UUID> ids, Cause cause, @Nullable String reason) implements Leg {}

  /** The saga turned round before the step was answered. */
  record GivenUp(List<UUID> ids) implements Leg {}

  /** Answered for good. */
  record Finished(List<UUID> ids, Verdict verdict) implements Leg {}

  /** Why a step is stuck. */
  enum Cause {
    TIMED_OUT("was not answered in time"),
    REFUSED("was refused"),
    FAILED("failed in every attempt");

    private final String words;

    Cause(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }
}
