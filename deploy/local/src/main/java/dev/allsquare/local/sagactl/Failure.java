package dev.allsquare.local.sagactl;

/** The message is for people, the code for scripts. */
final class Failure extends RuntimeException {

  static final int REFUSED = 1;
  static final int MISUNDERSTOOD = 2;
  static final int NO_ANSWER = 3;
  static final int TOO_LATE = 4;
  static final int SOME_REFUSED = 5;

  private final int code;

  Failure(int code, String message) {
    super(message);
    this.code = code;
  }

  int code() {
    return code;
  }
}
