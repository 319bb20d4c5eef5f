package dev.allsquare.local;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Starts, finds and signals the processes of a plan; those of an earlier JVM too. */
final class Children {

  private static final Duration READY_WITHIN = Duration.ofMinutes(4);
  private static final long LOOK_MILLIS = 30;
  private static final Duration KILLED_WITHIN = Duration.ofSeconds(10);

  private final Plan plan;
  private boolean closed;

  Children(Plan plan) {
    this.plan = plan;
  }

  Optional<ProcessHandle> find(Part part) {
    return plan.pidFile(part.name()).alive();
  }

  /** Starts it, unless it runs already, and waits until it is ready. */
  void start(Part part, Progress progress) {
    if (find(part).isEmpty()) {
      launch(part, progress);
    }
    awaitReady(part);
    part.complete();
  }

  private void launch(Part part, Progress progress) {
    try {
      part.prepare(progress);
      var launch = part.launch();
      var command = new ArrayList<>(OwnSession.prefix());
      command.addAll(launch.command());
      var builder =
          new ProcessBuilder(command)
              .directory(launch.directory().toFile())
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(plan.log(part.name()).toFile()));
      builder.environment().putAll(launch.environment());
      builder.environment().putAll(plan.environmentOf(part.name()));
      begin(part, builder);
    } catch (IOException e) {
      throw new TopologyException("Could not start " + part.name() + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      throw interrupted(part, e);
    }
  }

  private void begin(Part part, ProcessBuilder builder) throws IOException {
    synchronized (this) {
      if (closed) {
        throw new TopologyException("Stopping, so " + part.name() + " is not started.");
      }
      plan.pidFile(part.name()).write(builder.start().pid());
    }
  }

  /** Whoever is still busy starting something finds the door closed. */
  void startNoMore() {
    synchronized (this) {
      closed = true;
    }
  }

  boolean isClosed() {
    synchronized (this) {
      return closed;
    }
  }

  private void awaitReady(Part part) {
    long deadline = System.nanoTime() + READY_WITHIN.toNanos();
    while (!part.isReady()) {
      var process = find(part);
      if (process.isEmpty() || hasEnded(part, process.get(), LOOK_MILLIS)) {
        throw new TopologyException(
            part.name()
                + " ended while it was starting. The end of its log, "
                + plan.log(part.name())
                + ":"
                + System.lineSeparator()
                + LogTail.of(plan.log(part.name())));
      }
      if (System.nanoTime() > deadline) {
        throw new TopologyException(
            "%s is not ready after %d s. The end of its log, %s:%n%s"
                .formatted(
                    part.name(),
                    READY_WITHIN.toSeconds(),
                    plan.log(part.name()),
                    LogTail.of(plan.log(part.name()))));
      }
    }
  }

  /** Tells it to stop in order, and kills what does not. */
  void stop(Part part) {
    find(part)
        .ifPresent(
            process -> {
              var tree = tree(process);
              // One that is paused hears nothing until it goes on.
              Signal.CONT.send(pids(tree));
              part.stopSignal().send(List.of(process.pid()));
              if (!hasEnded(part, process, part.grace().toMillis())) {
                Signal.KILL.send(pids(tree));
                awaitEnd(part, tree);
              }
            });
    plan.pidFile(part.name()).delete();
  }

  /** As a power cut would: the process and all it has started, at once and without a word. */
  void kill(Part part) {
    find(part)
        .ifPresent(
            process -> {
              var tree = tree(process);
              Signal.KILL.send(pids(tree));
              awaitEnd(part, tree);
            });
    plan.pidFile(part.name()).delete();
  }

  void signal(Part part, Signal signal) {
    var process =
        find(part).orElseThrow(() -> new TopologyException(part.name() + " does not run."));
    signal.send(pids(tree(process)));
  }

  private void awaitEnd(Part part, List<ProcessHandle> tree) {
    for (var process : tree) {
      if (!hasEnded(part, process, KILLED_WITHIN.toMillis())) {
        throw new TopologyException(
            part.name() + " (pid " + process.pid() + ") does not even end when it is killed.");
      }
    }
  }

  /**
   * Waits so long for its end. Java itself looks only rarely whether somebody else's child has
   * gone.
   */
  private static boolean hasEnded(Part part, ProcessHandle process, long millis) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    do {
      try {
        process.onExit().get(Math.min(millis, LOOK_MILLIS), TimeUnit.MILLISECONDS);
        return true;
      } catch (TimeoutException e) {
        if (Birth.of(process.pid()).isEmpty()) {
          return true;
        }
      } catch (InterruptedException e) {
        throw interrupted(part, e);
      } catch (ExecutionException | CancellationException e) {
        throw new TopologyException("Lost sight of " + part.name() + ".", e);
      }
    } while (System.nanoTime() < deadline);
    return false;
  }

  private static TopologyException interrupted(Part part, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new TopologyException("Interrupted while busy with " + part.name() + ".", e);
  }

  private static List<ProcessHandle> tree(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants()).toList();
  }

  private static List<Long> pids(List<ProcessHandle> processes) {
    return processes.stream().map(ProcessHandle::pid).toList();
  }
}
