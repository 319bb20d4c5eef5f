package dev.allsquare.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/**
 * Orders on time, whatever goes wrong, and faults as the seed says; then one minute of peace, and
 * the checker.
 */
final class Campaign {

  private static final Path HOME = Path.of("target", "campaign");
  private static final long LOOKS_MILLIS = 200;
  private static final long SPEAKS_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Plan plan;
  private final Path home;
  private final List<JsonNode> past;
  private final Journal journal;
  private final Recovery recovery = new Recovery();
  private final ConcurrentLinkedQueue<Snapshot.Told> told = new ConcurrentLinkedQueue<>();
  private volatile boolean open = true;
  private volatile boolean over;

  private Campaign(Plan plan, Path home) {
    this.plan = plan;
    this.home = home;
    this.past = Journal.read(journal(home));
    this.journal = Journal.at(journal(home));
  }

  private static Path journal(Path home) {
    return home.resolve("journal.jsonl");
  }

  /** Begins, or goes on where a campaign of this plan was killed; says whether all is square. */
  static boolean run(Plan plan) throws InterruptedException {
    var home = HOME.resolve(Long.toString(plan.seed()));
    if (!isUnfinished(Journal.read(journal(home)), plan)) {
      clear(home);
    }
    var campaign = new Campaign(plan, home);
    System.out.printf("Campaign: %s, replay with %s%n", plan, plan.replay());
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
      SmallDisk.remove(home.resolve("system").resolve("postgres"));
      FileSystemUtils.deleteRecursively(home);
    } catch (IOException e) {
      throw new UncheckedIOException("could not clear " + home, e);
    }
  }

  private boolean run() throws InterruptedException {
    int offset =
        past.isEmpty() ? CampaignSystem.freeOffset() : past.getFirst().path("offset").asInt(0);
    if (past.isEmpty()) {
      journal.write("begin", Map.of("plan", plan.toString(), "offset", offset));
    }
    try (var system = CampaignSystem.start(home.resolve("system"), offset, plan.kinds())) {
      if (past("stocked").isEmpty()) {
        Shop.stock(system.api(0));
        journal.write("stocked", Map.of());
      }
      past("accepted").forEach(this::recall);
      return endure(system);
    }
  }

  private List<JsonNode> past(String what) {
    return past.stream().filter(line -> line.path("what").asString("").equals(what)).toList();
  }

  private void recall(JsonNode line) {
    var order = line.path("order").asString("");
    told.add(
        new Snapshot.Told(
            line.path("key").asString(""),
            Wish.Kind.valueOf(line.path("kind").asString("")),
            order));
    recovery.accepted(order);
  }

  private void accepted(Wish wish, String key, String order) {
    journal.write("accepted", Map.of("key", key, "kind", wish.kind().name(), "order", order));
    told.add(new Snapshot.Told(key, wish.kind(), order));
    recovery.accepted(order);
  }

  private boolean endure(CampaignSystem system) throws InterruptedException {
    var breaker = new Breaker(system);
    var storm = new Storm(breaker, journal, recovery);
    past("suffered").forEach(storm::recall);
    var timetable = Executors.newSingleThreadScheduledExecutor();
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      var _ = threads.submit(() -> watch(system, storm));
      long begin = System.nanoTime() - elapsed().toNanos();
      var schedule = Schedule.of(plan.seed(), plan.faults(), plan.length(), plan.kinds());
      var wishes = wishes(system, begin, timetable, threads);
      storm.begin(schedule, begin, timetable, threads).await();
      long healed = Math.max(storm.lastHealed(), begin + plan.length().toNanos());
      long deadline = healed + RunRules.HEALING.toNanos();
      boolean heard = wishes.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      open = false;
      journal.write("healed", Map.of("heard", heard));
      return end(system, breaker, storm, healed);
    } finally {
      over = true;
      timetable.shutdownNow();
      threads.shutdownNow();
      threads.close();
    }
  }

  /** How far an earlier run came. */
  private Duration elapsed() {
    int last = past("call").stream().mapToInt(line -> line.path("wish").asInt(0)).max().orElse(0);
    return Duration.ofMillis(last * 1_000L / plan.rate());
  }

  /** Returns what counts down to the last customer. */
  private CountDownLatch wishes(
      CampaignSystem system,
      long begin,
      ScheduledExecutorService timetable,
      ExecutorService threads) {
    var heard =
        told.stream().map(Snapshot.Told::key).collect(Collectors.toCollection(HashSet::new));
    var customers = new Customers(system, plan.seed(), journal, this::accepted);
    var due = wishes().filter(wish -> !heard.contains(wish.key(plan.seed()))).toList();
    var left = new CountDownLatch(due.size());
    for (var wish : due) {
      long at = begin + TimeUnit.SECONDS.toNanos(wish.number()) / plan.rate() - System.nanoTime();
      var _ =
          timetable.schedule(
              () -> threads.execute(() -> come(customers, wish, left)), at, TimeUnit.NANOSECONDS);
    }
    return left;
  }

  private Stream<Wish> wishes() {
    return IntStream.range(0, plan.orders()).mapToObj(number -> Wish.of(plan.seed(), number));
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

  /** Looks at what is under way, and says so. */
  private void watch(CampaignSystem system, Storm storm) {
    long spoke = System.nanoTime();
    while (!over) {
      try {
        long read = System.nanoTime();
        recovery.look(live(system), read, open);
        if (read - spoke > SPEAKS_NANOS) {
          spoke = read;
          System.out.printf(
              "Campaign: %d of %d accepted, %d ended; %d of %d faults healed, %d under way%n",
              recovery.acceptedSoFar(),
              plan.orders(),
              recovery.endedSoFar(),
              storm.suffered().size(),
              plan.faults(),
              storm.underWay());
        }
        Thread.sleep(LOOKS_MILLIS);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        // The database is away: we look again.
      }
    }
  }

  private static Set<String> live(CampaignSystem system) {
    return new HashSet<>(
        system
            .database(Service.ORDER)
            .rows(
                "select id from orders where status in ('PENDING', 'CANCELLING')",
                row -> row.getString(1)));
  }

  private boolean end(CampaignSystem system, Breaker breaker, Storm storm, long healed) {
    long window = recovery.window();
    var restless = awaitRest(system, healed);
    var reader = new SnapshotReader(system, plan);
    Snapshot snapshot;
    do {
      snapshot = reader.read(List.copyOf(told), storm.suffered(), restless);
    } while (!Checker.complaints(snapshot).isEmpty()
        && System.nanoTime() - healed < RunRules.HEALING.toNanos());
    var complaints = Checker.complaints(snapshot);
    var repetitions = new Report.Repetitions(reader.duplicates(), breaker.redelivered());
    var report = new Report(plan, snapshot, complaints, repetitions).text(recovery, window);
    journal.write("end", Map.of("report", report));
    System.out.println(report);
    return complaints.isEmpty();
  }

  /** How long it took until nothing moved any more. */
  private Duration awaitRest(CampaignSystem system, long healed) {
    var reader = new SnapshotReader(system, plan);
    var left = RunRules.HEALING.minusNanos(System.nanoTime() - healed);
    try {
      Awaitility.await("rest")
          .atMost(left.isPositive() ? left : Duration.ofMillis(1))
          .pollDelay(Duration.ZERO)
          .pollInSameThread()
          .ignoreExceptions()
          .until(() -> live(system).isEmpty() && recovery.pending() == 0 && reader.isAllRead());
    } catch (ConditionTimeoutException e) {
      // The checker says what has not come to rest.
    }
    return Duration.ofNanos(System.nanoTime() - healed);
  }

  /** {@code [seed=N] [without=Kind,Kind] [--long]}; the exit code is 1 when a rule is broken. */
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(Plan.of(arguments)) ? 0 : 1);
  }
}
