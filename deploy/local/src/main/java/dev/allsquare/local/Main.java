package dev.allsquare.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** The commands in deploy/local. */
final class Main {

  private static final int FAILED = 1;
  private static final int MISUNDERSTOOD = 2;

  private Main() {}

  /** The first argument names the command. */
  public static void main(String[] arguments) {
    int code;
    try {
      code = run(Arguments.parse(List.of(arguments)));
    } catch (Arguments.Misunderstood e) {
      System.err.println(e.getMessage());
      code = MISUNDERSTOOD;
    } catch (TopologyException e) {
      System.err.println(e.getMessage());
      code = FAILED;
    }
    System.exit(code);
  }

  private static int run(Arguments.Command command) {
    Path data = Home.find().resolve("deploy/local/data");
    return switch (command) {
      case Arguments.Help(String text) -> say(text.stripTrailing());
      case Arguments.Up up -> new Up(data, up).run();
      case Arguments.Down _ -> down(Topology.known(data));
      case Arguments.Status(boolean json) -> Status.print(Topology.known(data), json);
      case Arguments.Kill(String name) -> alone(known(data), it -> kill(it, name));
      case Arguments.Start(String name) -> alone(known(data), it -> start(it, name));
    };
  }

  private static int down(Optional<RunningTopology> known) {
    var running = known.filter(RunningTopology::isAnythingRunning);
    if (running.isEmpty()) {
      return say("Nothing runs. deploy/local/up starts it all.");
    }
    try (var _ = StartLock.take(running.get().plan().data())) {
      running.get().stopAll(new Elapsed());
    }
    return 0;
  }

  /** Two commands must not find the same part stopped, or half started. */
  private static int alone(RunningTopology topology, ToIntFunction<RunningTopology> command) {
    try (var _ = StartLock.await(topology.plan().data())) {
      return command.applyAsInt(topology);
    }
  }

  private static int kill(RunningTopology topology, String name) {
    Long pid =
        topology
            .pid(name)
            .orElseThrow(
                () ->
                    new TopologyException(name + " does not run; deploy/local/status shows all."));
    topology.kill(name);
    return say(
        "%s (pid %d) was killed. deploy/local/start %s brings it back.".formatted(name, pid, name));
  }

  private static int start(RunningTopology topology, String name) {
    if (topology.isRunning(name)) {
      return say(name + " runs already, with pid " + topology.pid(name).orElseThrow() + ".");
    }
    topology.checkPorts(name);
    topology.start(name);
    return say("%s is ready, with pid %d.".formatted(name, topology.pid(name).orElseThrow()));
  }

  private static RunningTopology known(Path data) {
    return Topology.known(data)
        .orElseThrow(
            () -> new TopologyException("Nothing was started here yet; do deploy/local/up first."));
  }

  private static int say(String line) {
    System.out.println(line);
    return 0;
  }
}
