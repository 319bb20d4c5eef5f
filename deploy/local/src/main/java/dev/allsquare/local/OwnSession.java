package dev.allsquare.local;

import java.util.List;

/**
 * Puts a process into a session of its own: neither Ctrl-C in the terminal nor the end of the shell
 * reaches it, so that the parts stop in our order or not at all.
 */
final class OwnSession {

  private static final List<String> PREFIX = find();

  private OwnSession() {}

  static List<String> prefix() {
    return PREFIX;
  }

  private static List<String> find() {
    if (Commands.succeeds(List.of("setsid", "true"))) {
      return List.of("setsid");
    }
    // macOS has no setsid program, but it has Perl.
    if (Commands.succeeds(List.of("perl", "-MPOSIX", "-e", "1"))) {
      return List.of("perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV or die $!");
    }
    return List.of("nohup");
  }
}
