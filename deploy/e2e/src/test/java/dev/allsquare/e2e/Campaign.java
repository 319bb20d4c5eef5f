package dev.allsquare.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/**
 * Orders on time, whatever goes wrong, and faults as the seed says; then one minute of peace, and
 * the checker.
 */
final class Campaign {

  /**
   * @param rate orders per second
   */
  record Plan(long seed, int orders, int faults, int rate) {

    static Plan brief(long seed) {
      return new Plan(seed, 2_000, 60, 10);
    }

    static Plan thorough(long seed) {
      return new Plan(seed, 20_000, 300, 15);
    }

    Duration length() {
      return Duration.ofSeconds(orders / rate);
    }
  }

  /**
   * @param complaints each broken rule with what broke it; empty when all is well
   */
  record Result(String report, Map<Checker, List<String>> complaints) {}

  private static final Path HOME = Path.of("target", "campaign");
  private static final Duration HEALING = Duration.ofSeconds(60);
  private static final int SHOWN = 5;

  private final Plan plan;
  private final Path home;
  private final List<JsonNode> past;
  private final Journal journal;
  private final Recovery recovery = new Recovery();
  private final ConcurrentLinkedQueue<Snapshot.Told> told = new ConcurrentLinkedQueue<>();
  private final Map<String, ReentrantLock> places = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> byKind = new ConcurrentHashMap<>();
  private final Map<String, String> skipped = new ConcurrentHashMap<>();
  private final AtomicInteger broken = new AtomicInteger();
  private volatile boolean open = true;
  private volatile boolean over;

  private Campaign(Plan plan, Path home) {
    this.plan = plan;
    this.home = home;
    this.past = Journal.read(home.resolve("journal.jsonl"));
    this.journal = Journal.at(home.resolve("journal.jsonl"));
  }

  /** Begins, or goes on where a campaign of this plan was killed. */
  static Result run(Plan plan) throws InterruptedException {
    var home = HOME.resolve(Long.toString(plan.seed));
    var journal = Journal.read(home.resolve("journal.jsonl"));
    if (!isUnfinished(journal, plan)) {
      clear(home);
    }
    var campaign = new Campaign(plan, home);
    System.out.printf(
        "Campaign: %s, replay with deploy/e2e/campaign seed=%d%s%n",
        plan, plan.seed, plan.equals(Plan.thorough(plan.seed)) ? " --long" : "");
    try (campaign.journal) {
      return campaign.run();
    }
  }

  private static boolean isUnfinished(List<JsonNode> journal, Plan plan) {
    return !journal.isEmpty()
        && journal.getFirst().path("plan").asString("").equals(plan.toString())
        && journal.stream().noneMatch(line -> line.path("what").asString("").equals("end"));
  }

  private static void clear(Path home) {
    try {
      new CampaignSystem.SmallDisk(home.resolve("system").resolve("postgres"), true).close();
      FileSystemUtils.deleteRecursively(home);
    } catch (IOException e) {
      throw new UncheckedIOException("could not clear " + home, e);
    }
  }

  private Result run() throws InterruptedException {
    int offset =
        past.isEmpty() ? CampaignSystem.freeOffset() : past.getFirst().path("offset").asInt(0);
    if (past.isEmpty()) {
      journal.write("begin", Map.of("plan", plan.toString(), "offset", offset));
    }
    try (var system = CampaignSystem.start(home.resolve("system"), offset)) {
      if (past("stocked").isEmpty()) {
        stock(system.api(0));
        journal.write("stocked", Map.of());
      }
      past("accepted").forEach(this::remember);
      return storm(system);
    }
  }

  private List<JsonNode> past(String what) {
    return past.stream().filter(line -> line.path("what").asString("").equals(what)).toList();
  }

  private void remember(JsonNode line) {
    var order = line.path("order").asString("");
    told.add(
        new Snapshot.Told(
            line.path("key").asString(""),
            Wish.Kind.valueOf(line.path("kind").asString("")),
            order));
    recovery.accepted(order);
  }

  private static void stock(Api api) {
    for (int product = 0; product < Wish.PRODUCTS; product++) {
      require(api.putProduct(Wish.sku(product), "a thing", Amount.of("1.25 EUR")));
      require(api.adjust(Wish.sku(product), 1_000_000));
    }
    require(api.putProduct(Wish.SOLD_OUT, "a thing", Amount.of("1.25 EUR")));
    for (int customer = 0; customer < Wish.CUSTOMERS; customer++) {
      require(api.deposit(Wish.customer(customer), Amount.of("1000000.00 EUR")));
    }
    require(api.deposit(Wish.customer(-1), Amount.of("0.01 EUR")));
  }

  private static void require(Answer answer) {
    if (!answer.isSuccess()) {
      throw new IllegalStateException("could not stock the shop: " + answer);
    }
  }

  private Result storm(CampaignSystem system) throws InterruptedException {
    var breaker = new Breaker(system);
    var elapsed = elapsed();
    try (var timetable = Executors.newScheduledThreadPool(1);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var watching = threads.submit(() -> watch(system));
      long begin = System.nanoTime() - elapsed.toNanos();
      var wishes = wishes(system, begin, timetable, threads);
      var faults = faults(breaker, begin, timetable, threads);
      faults.await();
      wishes.await();
      open = false;
      journal.write("healed", Map.of());
      var result = rest(system, breaker);
      over = true;
      watching.cancel(true);
      return result;
    } finally {
      over = true;
    }
  }

  /** How far an earlier run came. */
  private Duration elapsed() {
    int last = past("call").stream().mapToInt(line -> line.path("wish").asInt(0)).max().orElse(0);
    return Duration.ofMillis(last * 1_000L / plan.rate);
  }

  private CountDownLatch wishes(
      CampaignSystem system,
      long begin,
      ScheduledExecutorService timetable,
      ExecutorService threads) {
    var heard =
        told.stream().map(Snapshot.Told::key).collect(Collectors.toCollection(HashSet::new));
    var customers = new Customers(system, plan.seed, journal, this::accepted);
    var due =
        IntStream.range(0, plan.orders)
            .mapToObj(number -> Wish.of(plan.seed, number))
            .filter(wish -> !heard.contains(wish.key(plan.seed)))
            .toList();
    var left = new CountDownLatch(due.size());
    for (var wish : due) {
      long at = begin + TimeUnit.SECONDS.toNanos(wish.number()) / plan.rate - System.nanoTime();
      var _ =
          timetable.schedule(
              () -> threads.execute(() -> come(customers, wish, left)), at, TimeUnit.NANOSECONDS);
    }
    return left;
  }

  private static void come(Customers customers, Wish wish, CountDownLatch left) {
    try {
      customers.come(wish);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      left.countDown();
    }
  }

  private void accepted(Wish wish, String key, String order) {
    journal.write("accepted", Map.of("key", key, "kind", wish.kind().name(), "order", order));
    told.add(new Snapshot.Told(key, wish.kind(), order));
    recovery.accepted(order);
  }

  private CountDownLatch faults(
      Breaker breaker, long begin, ScheduledExecutorService timetable, ExecutorService threads) {
    var done =
        past("healed-fault").stream()
            .map(line -> line.path("number").asInt(0))
            .collect(Collectors.toSet());
    past("healed-fault").forEach(line -> count(line.path("kind").asString("")));
    var due =
        Schedule.of(plan.seed, plan.faults, plan.length()).faults().stream()
            .filter(planned -> !done.contains(planned.number()))
            .toList();
    var left = new CountDownLatch(due.size());
    for (var planned : due) {
      long at = begin + planned.at().toNanos() - System.nanoTime();
      var _ =
          timetable.schedule(
              () -> threads.execute(() -> suffer(breaker, planned, left)),
              at,
              TimeUnit.NANOSECONDS);
    }
    return left;
  }

  private void suffer(Breaker breaker, Schedule.Planned planned, CountDownLatch left) {
    try {
      var impossible = breaker.impossible(planned.fault());
      if (impossible.isPresent()) {
        skipped.put(planned.fault().kind(), impossible.get());
      } else {
        alone(locks(planned.fault()), () -> breakAndHeal(breaker, planned));
      }
    } finally {
      left.countDown();
    }
  }

  /** A fault of a whole service takes both its replicas. */
  private List<ReentrantLock> locks(Fault fault) {
    var names =
        fault instanceof Fault.RewindService it
            ? List.of(it.service() + "/0", it.service() + "/1")
            : List.of(fault.place());
    return names.stream()
        .map(name -> places.computeIfAbsent(name, place -> new ReentrantLock()))
        .toList();
  }

  private static void alone(List<ReentrantLock> locks, Runnable action) {
    locks.forEach(ReentrantLock::lock);
    try {
      action.run();
    } finally {
      locks.forEach(ReentrantLock::unlock);
    }
  }

  private void breakAndHeal(Breaker breaker, Schedule.Planned planned) {
    var fault = planned.fault();
    broken.incrementAndGet();
    try {
      journal.write("fault", details(planned));
      var remedy = breaker.breaks(fault);
      try {
        Thread.sleep(planned.lasts());
      } finally {
        remedy.run();
      }
      count(fault.kind());
      recovery.healed(fault);
      journal.write("healed-fault", details(planned));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | AssertionError e) {
      skipped.put(fault.kind() + " " + planned.number(), "failed: " + e);
      journal.write("failed-fault", Map.of("number", planned.number(), "why", "" + e));
    } finally {
      broken.decrementAndGet();
    }
  }

  private void count(String kind) {
    byKind.computeIfAbsent(kind, each -> new AtomicInteger()).incrementAndGet();
  }

  private static Map<String, Object> details(Schedule.Planned planned) {
    var details = new LinkedHashMap<String, Object>();
    details.put("number", planned.number());
    details.put("kind", planned.fault().kind());
    details.put("fault", planned.fault().toString());
    details.put("lasts", planned.lasts().toString());
    return details;
  }

  /** Looks at what is under way, and says so. */
  private void watch(CampaignSystem system) {
    long spoke = System.nanoTime();
    while (!over) {
      try {
        long read = System.nanoTime();
        recovery.look(live(system), read, open);
        if (read - spoke > TimeUnit.SECONDS.toNanos(5)) {
          spoke = read;
          System.out.printf(
              "Campaign: %d accepted, %d ended; %d faults healed, %d under way%n",
              recovery.acceptedSoFar(), recovery.endedSoFar(), healed(), broken.get());
        }
        Thread.sleep(200);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        // The database is away: we look again.
      }
    }
  }

  private int healed() {
    return byKind.values().stream().mapToInt(AtomicInteger::get).sum();
  }

  private static Set<String> live(CampaignSystem system) {
    return new HashSet<>(
        system
            .database(Service.ORDER)
            .rows(
                "select id from orders where status in ('PENDING', 'CANCELLING')",
                row -> row.getString(1)));
  }

  private Result rest(CampaignSystem system, Breaker breaker) {
    long window = recovery.window();
    var reader = new SnapshotReader(system);
    long healed = System.nanoTime();
    try {
      Awaitility.await("rest")
          .atMost(HEALING)
          .pollInSameThread()
          .ignoreExceptions()
          .until(
              () ->
                  live(system).isEmpty()
                      && recovery.pending() == 0
                      && reader.outboxes().values().stream().allMatch(depth -> depth == 0));
    } catch (ConditionTimeoutException e) {
      // The checker says what has not come to rest.
    }
    long rested = System.nanoTime();
    var snapshot = settled(reader);
    var complaints = Checker.complaints(snapshot);
    var report = report(snapshot, complaints, reader, breaker, window);
    report +=
        "\n  at rest %.1f s after the last fault and the last customer"
            .formatted((rested - healed) / 1e9);
    journal.write("end", Map.of("report", report));
    return new Result(report, complaints);
  }

  /** Consumers may be busy with repetitions still, and with poison: that has its minute, too. */
  private Snapshot settled(SnapshotReader reader) {
    long deadline = System.nanoTime() + HEALING.toNanos();
    while (true) {
      var snapshot = new SnapshotReader(reader.system()).read(List.copyOf(told));
      if (Checker.complaints(snapshot).isEmpty() || System.nanoTime() > deadline) {
        return reader.read(List.copyOf(told));
      }
    }
  }

  private String report(
      Snapshot snapshot,
      Map<Checker, List<String>> complaints,
      SnapshotReader reader,
      Breaker breaker,
      long window) {
    var sagas =
        snapshot.sagas().stream()
            .collect(
                Collectors.groupingBy(Snapshot.Saga::state, TreeMap::new, Collectors.counting()));
    var line =
        ("seed %d: %d orders accepted, sagas %s; %d faults %s; %d lost, %d charged wrongly, "
                + "%d shelves off, ledger %s; %d duplicates on the topics and %d rewound, all absorbed; "
                + "throughput %s")
            .formatted(
                plan.seed,
                snapshot.orders().size(),
                sagas,
                healed(),
                new TreeMap<>(byKind),
                count(complaints, Checker.LOST),
                count(complaints, Checker.CHARGED_WRONGLY),
                count(complaints, Checker.STOCK_NOT_CONSERVED),
                count(complaints, Checker.LEDGER_NOT_ZERO) == 0 ? "0" : "off",
                reader.duplicates(),
                breaker.redelivered(),
                recovery.dip(window));
    var text = new StringBuilder(line).append("\n  ").append(recovery.byKind());
    skipped.forEach(
        (kind, why) -> text.append("\n  SKIPPED ").append(kind).append(": ").append(why));
    complaints.forEach(
        (rule, found) ->
            text.append(
                "\n  %s (%d): %s"
                    .formatted(rule, found.size(), found.stream().limit(SHOWN).toList())));
    return text.toString();
  }

  private static int count(Map<Checker, List<String>> complaints, Checker rule) {
    return complaints.getOrDefault(rule, List.of()).size();
  }

  /** {@code [seed=N] [--long]}; the exit code is 1 when a rule is broken. */
  public static void main(String[] arguments) throws InterruptedException {
    long seed =
        Arrays.stream(arguments)
            .filter(each -> each.startsWith("seed="))
            .mapToLong(each -> Long.parseLong(each.substring("seed=".length())))
            .findFirst()
            .orElseGet(() -> System.currentTimeMillis() % 1_000_000);
    boolean thorough = List.of(arguments).contains("--long");
    var result = run(thorough ? Plan.thorough(seed) : Plan.brief(seed));
    System.out.println(result.report());
    System.exit(result.complaints().isEmpty() ? 0 : 1);
  }
}
