package dev.allsquare.console;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What management ports tell, as far as the console shows it. */
final class Shown {

  private Shown() {}

  record Sagas(List<Saga> items, @Nullable UUID next) {}

  record Saga(
      UUID id,
      String type,
      int definition,
      int version,
      String businessKey,
      String state,
      String direction,
      @Nullable String reason,
      @Nullable String parked,
      List<String> waitingFor,
      Instant createdAt,
      Instant updatedAt,
      @Nullable Instant nextTimer,
      @Nullable Map<String, Object> data,
      @Nullable Steps steps,
      @Nullable List<Moment> timeline,
      @Nullable List<Repaired> repairs) {}

  record Steps(Map<String, Leg> actions, Map<String, Leg> compensations) {}

  record Leg(
      String is, @Nullable String verdict, @Nullable String cause, @Nullable String reason) {}

  record Moment(
      Instant at,
      String what,
      @Nullable String step,
      @Nullable String direction,
      @Nullable Integer attempt,
      @Nullable String verdict,
      @Nullable String reason) {}

  record Repaired(Instant at, String actor, String action, String reason) {}

  record Definitions(List<Definition> items) {}

  record Definition(String name, int version, boolean forNew, List<Group> groups) {}

  record Group(String kind, List<Step> steps) {}

  record Step(
      String name,
      String topic,
      String command,
      @Nullable String compensation,
      @Nullable String noCompensation,
      @Nullable String timeout) {}

  record Statistics(List<Live> live, List<Long> startedPerMinute) {}

  record Live(String type, String state, long sagas, Instant oldest) {}

  record Outbox(long depth, double oldestAgeSeconds, List<ParkedKey> parked) {}

  record ParkedKey(String topic, String key, String reason, Instant since, long messages) {}

  record DeadLetters(List<DeadLetter> items, @Nullable Long next) {}

  record DeadLetter(
      long seq,
      UUID id,
      String topic,
      @Nullable String key,
      String cause,
      String why,
      Instant at,
      List<Header> headers,
      @Nullable String payload) {}

  record Header(String name, @Nullable String value, @Nullable String base64) {}

  record Consistency(
      boolean consistent,
      @Nullable Integer checked,
      @Nullable List<Map<String, Object>> violations) {}

  record DryRun(int count, boolean more, List<Saga> sample) {}

  record Job(JobRow job, List<Item> items) {}

  record JobRow(
      UUID id,
      String action,
      String actor,
      String reason,
      int ratePerSecond,
      int items,
      int done,
      int refused,
      @Nullable Instant endedAt) {}

  record Item(int position, String subject, @Nullable String result, @Nullable String detail) {}

  record Nothing() {}
}
