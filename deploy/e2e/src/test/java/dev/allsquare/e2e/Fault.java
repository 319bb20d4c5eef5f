package dev.allsquare.e2e;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One thing that goes wrong in a campaign and is mended again. Replicas and brokers count from 0.
 */
sealed interface Fault {

  record KillReplica(Service service, int replica) implements Fault {}

  record KillDatabase() implements Fault {}

  record KillBroker(int broker) implements Fault {}

  /** Longer than leases and sessions last. */
  record PauseReplica(Service service, int replica) implements Fault {}

  /** Connections end, and new ones too. */
  record CutDatabase(Service service) implements Fault {}

  /** Every COMMIT reaches the database, and its answer is lost with the connection. */
  record CutAtCommit(Service service) implements Fault {}

  record SlowDatabase(Service service) implements Fault {}

  record ResetDatabase(Service service) implements Fault {}

  /** Neither clients nor the other brokers reach it, but it lives, and votes. */
  record CutBroker(int broker) implements Fault {}

  record SlowBroker(int broker) implements Fault {}

  record ResetBroker(int broker) implements Fault {}

  /** Every record of the topic is written once more. */
  record RepeatTopic(String topic) implements Fault {}

  /** The service's consumers begin all their topics again. */
  record RewindService(Service service) implements Fault {}

  /** The clock of a living replica jumps by an hour, ahead or back, and later the other way. */
  record JumpClock(Service service, int replica, boolean ahead) implements Fault {}

  record FillDisk() implements Fault {}

  /** Bytes that are no message, in every partition. */
  record Spoil(String topic) implements Fault {}

  /** Messages that look right and are not. */
  record Spoof() implements Fault {}

  static Set<String> kinds() {
    return Arrays.stream(Fault.class.getPermittedSubclasses())
        .map(Class::getSimpleName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  default String kind() {
    return getClass().getSimpleName();
  }

  /** Faults of one place come one after the other. */
  default List<String> places() {
    return this instanceof RewindService f
        ? List.of(f.service + "/0", f.service + "/1")
        : List.of(place());
  }

  private String place() {
    return switch (this) {
      case KillReplica f -> f.service + "/" + f.replica;
      case PauseReplica f -> f.service + "/" + f.replica;
      case JumpClock f -> f.service + "/" + f.replica;
      case RewindService f -> f.service + "/*";
      case KillDatabase _, FillDisk _ -> "postgres";
      case KillBroker f -> "kafka/" + f.broker;
      case CutBroker f -> "link to kafka/" + f.broker;
      case SlowBroker f -> "link to kafka/" + f.broker;
      case ResetBroker f -> "link to kafka/" + f.broker;
      case CutDatabase f -> "link to " + f.service.database();
      case CutAtCommit f -> "link to " + f.service.database();
      case SlowDatabase f -> "link to " + f.service.database();
      case ResetDatabase f -> "link to " + f.service.database();
      case RepeatTopic _, Spoil _, Spoof _ -> "topics";
    };
  }
}
