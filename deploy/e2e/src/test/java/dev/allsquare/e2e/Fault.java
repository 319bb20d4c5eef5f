package dev.allsquare.e2e;

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

  /** A replica lives an hour ahead. */
  record JumpClock(Service service, int replica) implements Fault {}

  record FillDisk() implements Fault {}

  /** Bytes that are no message, in every partition. */
  record Spoil(String topic) implements Fault {}

  /** Messages that look right and are not. */
  record Spoof() implements Fault {}

  default String kind() {
    return getClass().getSimpleName();
  }

  /** Faults of one place come one after the other. */
  default String place() {
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
