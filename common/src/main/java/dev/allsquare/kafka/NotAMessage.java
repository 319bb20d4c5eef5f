package dev.allsquare.kafka;

/** A record that is no message of ours. No repetition will make it one. */
final class NotAMessage extends Exception {

  NotAMessage(String why) {
    super(why);
  }

  String why() {
    return String.valueOf(getMessage());
  }
}
