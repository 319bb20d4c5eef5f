package dev.allsquare.local;

/** Something on this machine is in the way; the message is a sentence that says what to do. */
public final class TopologyException extends RuntimeException {

  TopologyException(String message) {
    super(message);
  }

  TopologyException(String message, Throwable cause) {
    super(message, cause);
  }
}
