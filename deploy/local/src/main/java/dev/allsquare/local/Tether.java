package dev.allsquare.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What makes a topology end with the program that started it, however that ends. A shutdown hook
 * does for most ends. For a kill -9 there is a shell beside us that reads from us: when we are gone
 * without a word it becomes the program that stops what we left behind.
 */
final class Tether {

  private static final String FAREWELL = "untied";
  private static final String WAIT =
      "read -r word; [ \"$word\" = " + FAREWELL + " ] || exec \"$@\"";

  private final Thread hook;
  private final Process shell;

  private Tether(Thread hook, Process shell) {
    this.hook = hook;
    this.shell = shell;
  }

  static Tether tie(Plan plan, Runnable stop) {
    try {
      var shell =
          new ProcessBuilder(command(plan.data()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(plan.log("after-a-kill").toFile()))
              .start();
      var hook = new Thread(stop, "stop-topology");
      Runtime.getRuntime().addShutdownHook(hook);
      return new Tether(hook, shell);
    } catch (IOException e) {
      throw new UncheckedIOException("could not start a shell", e);
    }
  }

  private static List<String> command(Path data) {
    var command = new ArrayList<>(OwnSession.prefix());
    command.addAll(List.of("sh", "-c", WAIT, "allsquare", Java.program(), "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Tether.class.getName()));
    command.add(data.toString());
    return command;
  }

  /** From now on the topology has a life of its own, or it has ended. */
  void untie() {
    try (var words = shell.getOutputStream()) {
      words.write((FAREWELL + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // Somebody killed the shell; it has nothing to do any more anyway.
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook is just running.
    }
  }

  /** What the shell becomes: stops the topology in the given directory, in order. */
  public static void main(String[] arguments) {
    Path data = Path.of(arguments[0]);
    try (var _ = StartLock.await(data)) {
      Topology.known(data).ifPresent(running -> running.stopAll(new Elapsed()));
    }
  }
}
