package dev.allsquare.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Starts it all, and watches it until Ctrl-C. */
final class Up {

  private static final int CRASHED = 1;

  private final Path data;
  private final Arguments.Up wish;
  private final Elapsed elapsed = new Elapsed();

  Up(Path data, Arguments.Up wish) {
    this.data = data;
    this.wish = wish;
  }

  int run() {
    Topology.refuseWhenRunning(data);
    if (wish.fresh()) {
      wipe(data, elapsed);
    }
    boolean observed = wish.observe() && PrometheusServer.program().isPresent();
    if (wish.observe() && !observed) {
      System.out.println(PrometheusServer.MISSING);
    }
    var topology =
        Topology.in(data).replicas(wish.replicas()).portOffset(wish.offset()).observed(observed);
    var demoData = new DemoData(data);
    RunningTopology running = topology.start(elapsed, demoData::load);
    demoData.done(elapsed);
    Welcome.print(running, elapsed.seconds(), wish.detach());
    if (wish.detach()) {
      running.outliveThisProgram();
      return 0;
    }
    return watch(running);
  }

  static void wipe(Path data, Progress progress) {
    try (var _ = StartLock.take(data)) {
      progress.says("wiping " + data);
      Directories.deleteBut(StartLock.file(data), data);
    } catch (IOException e) {
      throw new TopologyException("Could not wipe " + data + ": " + e.getMessage(), e);
    }
  }

  /** Ends when somebody has stopped all the parts; Ctrl-C ends the program itself. */
  private static int watch(RunningTopology running) {
    var watcher = new Watcher(running.plan());
    var never = new CountDownLatch(1);
    try {
      while (running.isAnythingRunning()) {
        tell(running, watcher);
        if (never.await(500, TimeUnit.MILLISECONDS)) {
          return 0;
        }
      }
      tell(running, watcher);
      System.out.println("Nothing runs any more.");
      return watcher.sawCrash() ? CRASHED : 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CRASHED;
    }
  }

  /** While we stop it all ourselves, what goes away is no news. */
  private static void tell(RunningTopology running, Watcher watcher) {
    var news = watcher.look();
    if (!running.children().isClosed()) {
      news.forEach(System.out::println);
    }
  }
}
