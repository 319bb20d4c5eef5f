package dev.allsquare.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Who takes part in what, and at which settings. */
final class Contenders {

  private static final String KIT = "dev.allsquare.benchmarks.kit.";
  private static final String INDEX_PLANS =
      "&options=-c%20plan_cache_mode=force_generic_plan%20-c%20enable_seqscan=off";

  static final List<Variant> LIMIT =
      List.of(
          postgres("PostgreSQL, a transaction per message", 1, 8, ""),
          postgres("PostgreSQL, a transaction per message, index plans", 1, 8, INDEX_PLANS),
          postgres("PostgreSQL, 100 in a transaction", 100, 4, ""),
          postgres("PostgreSQL, 100 in a transaction, index plans", 100, 4, INDEX_PLANS),
          postgres("PostgreSQL, 500 in a transaction, index plans", 500, 2, INDEX_PLANS),
          new Variant(
              "Kafka, one idempotent producer",
              "kit",
              KIT + "KafkaLimit",
              Map.of(),
              "acks=all, 128 KiB batches, 300 B records, one broker, no fsync per record"));

  static final List<Variant> OUTBOX =
      List.of(ours("ours, one relay", "1"), ours("ours, two relays", "2"));

  private static final List<Variant> OUTBOX_PEERS =
      List.of(
          outbox(
              "gruelbox, default",
              "gruelbox",
              "Gruelbox",
              Map.of("threads", "8", "backlog", "4000"),
              "rows in the transaction; attempts after the commit; unordered"),
          outbox(
              "gruelbox, 24 threads",
              "gruelbox",
              "Gruelbox",
              Map.of("threads", "24", "backlog", "10000"),
              "rows in the transaction; attempts after the commit; unordered"),
          outbox(
              "namastack, default",
              "namastack",
              "Namastack",
              Map.of("ordered", "true", "unsent", "100"),
              "rows in the transaction; polls every 2 s, 10 keys at a time; at most 100 unsent; no drain measured"),
          outbox(
              "namastack, tuned",
              "namastack",
              "Namastack",
              Map.of(
                  "ordered",
                  "true",
                  "poll-ms",
                  "20",
                  "batch",
                  "500",
                  "concurrency",
                  "32",
                  "backlog",
                  "10000"),
              "rows in the transaction; polls every 20 ms, 500 keys, 32 threads"),
          outbox(
              "Spring Modulith, default",
              "modulith",
              "Modulith",
              Map.of(),
              "rows in the transaction; sent after the commit by the same process; unordered; no drain measured"),
          outbox(
              "Spring Modulith, tuned",
              "modulith",
              "Modulith",
              Map.of("threads", "32", "completion", "delete"),
              "as before; 32 threads, completed rows deleted"),
          outbox(
              "Debezium embedded, default",
              "debezium",
              "Debezium",
              Map.of("wal-level", "logical", "ordered", "true", "backlog", "100000"),
              "rows in the transaction, read from the WAL; offsets in a file, flushed every minute"),
          outbox(
              "Debezium embedded, tuned",
              "debezium",
              "Debezium",
              Map.of(
                  "wal-level", "logical", "ordered", "true", "backlog", "100000", "tuned", "true"),
              "as before; polls every 5 ms, batches of 8,192"));

  private static final List<Variant> SAGA_PEERS =
      List.of(
          saga(
              "no engine, six transactions",
              "kit",
              KIT + "NoEngine",
              Map.of("threads", "16"),
              "not durable between two steps: the anchor, not a peer"),
          saga(
              "db-scheduler chain, default",
              "peers/dbscheduler",
              "dev.allsquare.benchmarks.dbscheduler.DbScheduler",
              Map.of(),
              "each step is a row until its transaction, which writes the next one, has committed"),
          saga(
              "db-scheduler chain, tuned",
              "peers/dbscheduler",
              "dev.allsquare.benchmarks.dbscheduler.DbScheduler",
              Map.of("tuned", "true"),
              "as before; lock-and-fetch, 20 threads, polls every 10 ms"),
          saga(
              "DBOS Transact",
              "peers/dbos",
              "dev.allsquare.benchmarks.dbos.Dbos",
              Map.of(),
              "each step's outcome is a row; steps may run again after a crash"),
          saga(
              "Operaton, default",
              "peers/operaton",
              "dev.allsquare.benchmarks.operaton.OperatonEngine",
              Map.of(),
              "each step is a job in its own transaction; full history"),
          saga(
              "Operaton, tuned",
              "peers/operaton",
              "dev.allsquare.benchmarks.operaton.OperatonEngine",
              Map.of("tuned", "true"),
              "as before; no history, 24 threads, 10 jobs an acquisition"));

  static final List<Variant> PEERS =
      Stream.of(OUTBOX, OUTBOX_PEERS, SAGA_PEERS).flatMap(List::stream).toList();

  private Contenders() {}

  private static Variant postgres(String name, int batch, int clients, String options) {
    return new Variant(
        name,
        "kit",
        KIT + "PostgresLimit",
        Map.of("batch", "" + batch, "clients", "" + clients, "jdbc-options", options),
        clients + " clients, 25 row writes in 6 transactions a saga, durable");
  }

  private static Variant ours(String name, String relays) {
    return outbox(
        name,
        "allsquare",
        "Allsquare",
        Map.of("ordered", "true", "relays", relays, "backlog", "200000"),
        "rows in the transaction, relayed in order per key, acks=all");
  }

  private static Variant outbox(
      String name, String module, String program, Map<String, String> settings, String note) {
    return new Variant(
        name,
        "peers/" + module,
        "dev.allsquare.benchmarks." + module + "." + program,
        settings,
        note);
  }

  private static Variant saga(
      String name, String module, String program, Map<String, String> settings, String note) {
    return new Variant(name, module, program, settings, note);
  }
}
