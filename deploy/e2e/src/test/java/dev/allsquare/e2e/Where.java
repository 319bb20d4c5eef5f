package dev.allsquare.e2e;

/** Where the system runs in this JVM: {@code -Dtopology} says so, or whatever is there. */
enum Where {
  CONTAINERS {
    @Override
    RunningSystem start() {
      return ContainerSystem.start(Images.ofThisBuild(), Integer.getInteger("brokers", 1));
    }
  },
  PROCESSES {
    @Override
    RunningSystem start() {
      return LocalSystem.start();
    }
  };

  private static final Where CHOSEN = choose(System.getProperty("topology", ""));

  abstract RunningSystem start();

  static Where chosen() {
    return CHOSEN;
  }

  private static Where choose(String wanted) {
    return switch (wanted) {
      case "containers" -> containersOrElse();
      case "processes" -> PROCESSES;
      case "" -> Images.ofThisBuild().complaint().isEmpty() ? CONTAINERS : PROCESSES;
      default ->
          throw new IllegalArgumentException(
              "-Dtopology is containers or processes, not " + wanted);
    };
  }

  private static Where containersOrElse() {
    Images.ofThisBuild()
        .complaint()
        .ifPresent(
            complaint -> {
              // Surefire hides what goes wrong before the first test.
              System.out.println("End-to-end: cannot run in containers: " + complaint);
              throw new IllegalStateException("cannot run in containers: " + complaint);
            });
    return CONTAINERS;
  }
}
