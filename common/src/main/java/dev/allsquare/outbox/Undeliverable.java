package dev.allsquare.outbox;

/** The log will never take this message, however often it is sent: too large, or malformed. */
public final class Undeliverable extends RuntimeException {

  public Undeliverable(String why, Throwable cause) {
    super(why, cause);
  }
}
