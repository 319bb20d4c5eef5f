package dev.allsquare.saga;

import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One row of a saga's table.
 *
 * @param <D> the saga's data
 */
public final class Step<D> {

  /** A command to a participant: where it goes, its wire type, and how the saga's data fills it. */
  record Send<D>(String topic, String type, Function<D, ?> body) {}

  private final String name;
  private final Send<D> action;
  private @Nullable Send<D> compensation;
  private @Nullable String whyNoCompensation;
  private @Nullable Duration timeout;
  private @Nullable Duration resendEvery;
  private @Nullable Integer attempts;

  private Step(String name, Send<D> action) {
    this.name = name;
    this.action = action;
  }

  /** A step that sends this command. Its name is unique within the saga. */
  public static <D> Step<D> step(String name, String topic, String type, Function<D, ?> body) {
    return new Step<>(name, new Send<>(topic, type, body));
  }

  /** The command that undoes this step. */
  public Step<D> compensatedBy(String topic, String type, Function<D, ?> body) {
    compensation = new Send<>(topic, type, body);
    return this;
  }

  /** This step needs no undoing, and why. */
  public Step<D> noCompensation(String why) {
    whyNoCompensation = why;
    return this;
  }

  /**
   * How long after its command left the outbox the step is given up (before the pivot) or parked.
   */
  public Step<D> timeout(Duration timeout) {
    this.timeout = timeout;
    return this;
  }

  /**
   * How long an unanswered command of this step waits before it is sent again, under the same
   * message id; the wait doubles each time. Absent: {@code allsquare.saga.resend}.
   */
  public Step<D> resendEvery(Duration interval) {
    resendEvery = interval;
    return this;
  }

  /**
   * How often this step is tried in all when its handler fails, each time under a new message id.
   * Absent: {@code allsquare.saga.attempts}.
   */
  public Step<D> attempts(int attempts) {
    this.attempts = attempts;
    return this;
  }

  String name() {
    return name;
  }

  Send<D> action() {
    return action;
  }

  @Nullable Send<D> compensation() {
    return compensation;
  }

  @Nullable String whyNoCompensation() {
    return whyNoCompensation;
  }

  @Nullable Duration timeout() {
    return timeout;
  }

  @Nullable Duration resendEvery() {
    return resendEvery;
  }

  @Nullable Integer attempts() {
    return attempts;
  }
}
