package dev.allsquare.e2e;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts a load on a running system and says how it bore it.
 *
 * <pre>{@code
 * saturated in-flight=200 orders=20000    closed loop: the next order when one has ended
 * steady    rate=50 seconds=30            open loop: on time, whatever became of the last one
 * }</pre>
 *
 * <p>Each order is placed with {@code Prefer: wait} and counts once it is CONFIRMED or REJECTED.
 */
public final class Load {

  private static final String USAGE =
      """
      usage: saturated [in-flight=200] [orders=20000] | steady [rate=50] [seconds=30]
             [warm-up=2000] [skus=200] [customers=100] [hosts=localhost:8080,localhost:8090]
      """;

  private final Map<String, String> settings;

  private Load(Map<String, String> settings) {
    this.settings = settings;
  }

  /** Runs one load and prints one line of figures. */
  public static void main(String[] args) throws InterruptedException {
    if (args.length == 0 || !List.of("saturated", "steady").contains(args[0])) {
      System.err.print(USAGE);
      System.exit(2);
    }
    new Load(settings(args)).run(args[0]);
  }

  private void run(String kind) throws InterruptedException {
    var shoppers = Shoppers.at(hosts(), number("skus", 200), number("customers", 100));
    new ClosedLoop(shoppers, number("in-flight", 200)).run(number("warm-up", 2_000));
    var figures =
        kind.equals("saturated")
            ? new ClosedLoop(shoppers, number("in-flight", 200)).run(number("orders", 20_000))
            : OpenLoop.run(shoppers, number("rate", 50), number("seconds", 30));
    System.out.println(kind + " " + settings + ": " + figures);
  }

  private List<String> hosts() {
    return Arrays.asList(settings.getOrDefault("hosts", "localhost:8080").split(","));
  }

  private int number(String name, int otherwise) {
    var text = settings.get(name);
    return text == null ? otherwise : Integer.parseInt(text);
  }

  private static Map<String, String> settings(String[] args) {
    var settings = new HashMap<String, String>();
    for (var argument : Arrays.asList(args).subList(1, args.length)) {
      var parts = argument.split("=", 2);
      if (parts.length != 2) {
        throw new IllegalArgumentException("'" + argument + "' is no setting\n" + USAGE);
      }
      settings.put(parts[0], parts[1]);
    }
    return settings;
  }
}
