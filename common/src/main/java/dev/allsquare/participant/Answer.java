package dev.allsquare.participant;

/** What a handler says of one command. */
public sealed interface Answer {

  /** The effect is in the caller's transaction. */
  record Done() implements Answer {}

  /** A business rule said no; nothing was changed for this command. */
  record Refused(String reason) implements Answer {}

  /** The outcome is not known yet; {@link LateAnswers} tells it when it is. */
  record Later() implements Answer {}

  static Answer done() {
    return new Done();
  }

  static Answer refused(String reason) {
    return new Refused(reason);
  }

  static Answer later() {
    return new Later();
  }
}
