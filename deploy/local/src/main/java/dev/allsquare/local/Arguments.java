package dev.allsquare.local;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What the command line asks for.
 *
 * <p>This file stands alone on purpose: {@code deploy/local/up} runs it from source, before there
 * is any build, so that a mistyped option is told at once and not after a build of minutes.
 */
final class Arguments {

  /** One of the five commands, or the wish to read about one. */
  sealed interface Command {}

  record Up(boolean detach, boolean fresh, boolean observe, int replicas, int offset)
      implements Command {}

  record Down() implements Command {}

  record Status(boolean json) implements Command {}

  record Kill(String name) implements Command {}

  record Start(String name) implements Command {}

  record Help(String text) implements Command {}

  /** Thrown for a command line that makes no sense; the message says what would. */
  static final class Misunderstood extends RuntimeException {
    Misunderstood(String message) {
      super(message);
    }
  }

  private static final String UP =
      """
      deploy/local/up [--detach] [--replicas N] [--fresh] [--observe] [--offset N]

      Builds what is not built, starts PostgreSQL, Kafka and the three services, loads the demo data on
      the first start, and stays in front until Ctrl-C stops it all.

        --detach      return once everything is ready; deploy/local/down stops it
        --replicas N  N processes of each service (1 to 9), their ports 10 apart
        --fresh       wipe deploy/local/data first
        --observe     start Prometheus with the alert rules, too, where it is installed
        --offset N    add N to every port, when the usual ones are taken
      """;

  private static final String DOWN =
      """
      deploy/local/down

      Stops the services, then Kafka, then PostgreSQL. Their data stays.
      """;

  private static final String STATUS =
      """
      deploy/local/status [--json]

      Shows each process with pid, port and health. The exit code is 0 when all are up, else 3.
      """;

  private static final String KILL =
      """
      deploy/local/kill NAME

      Ends one part with kill -9: postgres, kafka, order-service, payment-service, inventory-service,
      order-service-2 and so on.
      """;

  private static final String START =
      """
      deploy/local/start NAME

      Starts one part again and waits until it is ready.
      """;

  private static final int MAX_REPLICAS = 9;
  private static final int MAX_OFFSET = 40_000;

  private final String command;
  private final String usage;
  private final Deque<String> rest;

  private Arguments(String command, String usage, List<String> rest) {
    this.command = command;
    this.usage = usage;
    this.rest = new ArrayDeque<>(rest);
  }

  /**
   * Exits with 2, and says why, unless the arguments make sense; prints the help where they ask for
   * it.
   */
  public static void main(String[] arguments) {
    try {
      if (parse(List.of(arguments)) instanceof Help help) {
        System.out.print(help.text());
      }
    } catch (Misunderstood e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  /** The first argument names the command. */
  static Command parse(List<String> arguments) {
    var rest = arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
    return switch (arguments.isEmpty() ? "" : arguments.getFirst()) {
      case "up" -> new Arguments("up", UP, rest).up();
      case "down" -> new Arguments("down", DOWN, rest).down();
      case "status" -> new Arguments("status", STATUS, rest).status();
      case "kill" -> new Arguments("kill", KILL, rest).kill();
      case "start" -> new Arguments("start", START, rest).start();
      default -> throw new Misunderstood("There are up, down, status, kill and start.");
    };
  }

  private Command up() {
    boolean detach = false;
    boolean fresh = false;
    boolean observe = false;
    int replicas = 1;
    int offset = 0;
    while (!rest.isEmpty()) {
      String option = rest.remove();
      switch (option) {
        case "--detach" -> detach = true;
        case "--fresh" -> fresh = true;
        case "--observe" -> observe = true;
        case "--replicas" -> replicas = number(option, 1, MAX_REPLICAS);
        case "--offset" -> offset = number(option, 0, MAX_OFFSET);
        case "--help", "-h" -> {
          return new Help(usage);
        }
        default -> throw unknown(option);
      }
    }
    return new Up(detach, fresh, observe, replicas, offset);
  }

  private Command down() {
    if (rest.isEmpty()) {
      return new Down();
    }
    return helpOrUnknown();
  }

  private Command status() {
    if (rest.isEmpty()) {
      return new Status(false);
    }
    if (rest.size() == 1 && rest.getFirst().equals("--json")) {
      return new Status(true);
    }
    return helpOrUnknown();
  }

  private Command kill() {
    return isName() ? new Kill(rest.getFirst()) : helpOrUnknown();
  }

  private Command start() {
    return isName() ? new Start(rest.getFirst()) : helpOrUnknown();
  }

  private boolean isName() {
    return rest.size() == 1 && !rest.getFirst().startsWith("-");
  }

  private Command helpOrUnknown() {
    if (rest.isEmpty()) {
      throw new Misunderstood("deploy/local/" + command + " needs a NAME.\n\n" + usage);
    }
    if (rest.contains("--help") || rest.contains("-h")) {
      return new Help(usage);
    }
    throw unknown(rest.getLast());
  }

  private int number(String option, int from, int to) {
    String text = rest.isEmpty() ? "nothing" : rest.remove();
    if (text.matches("[0-9]{1,6}")) {
      int number = Integer.parseInt(text);
      if (number >= from && number <= to) {
        return number;
      }
    }
    throw new Misunderstood(
        "%s needs a number from %d to %d, not %s.".formatted(option, from, to, text));
  }

  private Misunderstood unknown(String option) {
    return new Misunderstood(
        "deploy/local/" + command + " does not know " + option + ".\n\n" + usage);
  }
}
