package dev.allsquare.operator;

import dev.allsquare.saga.Repair;
import dev.allsquare.saga.RepairRefused;
import dev.allsquare.saga.SagaRepairs;
import dev.allsquare.web.Problem;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;

/** Repairs sagas, one by one, audited. */
final class SagaDeeds implements Deeds {

  private static final JsonMapper JSON = JsonMapper.shared();
  static final String PREFIX = "saga.";

  private final SagaRepairs repairs;
  private final Audit audit;

  SagaDeeds(SagaRepairs repairs, Audit audit) {
    this.repairs = repairs;
    this.audit = audit;
  }

  static String action(Repair repair) {
    return PREFIX + repair.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean know(String action) {
    return action.startsWith(PREFIX);
  }

  @Override
  public void perform(BulkItem item, BulkJob job) {
    var repair = Repair.valueOf(job.action().substring(PREFIX.length()).toUpperCase(Locale.ROOT));
    repair(
        new SagaRepairs.Order(
            UUID.fromString(item.subject()),
            repair,
            item.expectedVersion(),
            job.actor(),
            job.reason(),
            null),
        job,
        Map.of("job", job.id()));
  }

  /**
   * Repairs one saga.
   *
   * @throws Problem when it is refused; nothing is changed then
   */
  void repair(SagaRepairs.Order order, Signature by, Map<String, ?> more) {
    try {
      audit.of(
          by,
          action(order.repair()),
          order.sagaId().toString(),
          () -> detail(order, repairs.repair(order), more));
    } catch (RepairRefused e) {
      throw problem(e);
    }
  }

  private static Map<String, ?> detail(
      SagaRepairs.Order order, String before, Map<String, ?> more) {
    var detail = new HashMap<String, Object>(more);
    detail.put("version", order.version());
    putData(detail, order.data(), before);
    return detail;
  }

  private static void putData(Map<String, Object> detail, @Nullable String data, String before) {
    if (data != null) {
      detail.put("data", JSON.readTree(data));
      detail.put("before", JSON.readTree(before));
    }
  }

  private static Problem problem(RepairRefused refused) {
    var detail = String.valueOf(refused.getMessage());
    return switch (refused.why()) {
      case UNKNOWN_SAGA -> new Problem(HttpStatus.NOT_FOUND, "saga-unknown", detail);
      case STALE -> new Problem(HttpStatus.CONFLICT, "saga-changed", detail);
      case UNKNOWN_VERSION -> new Problem(HttpStatus.CONFLICT, "saga-version-unknown", detail);
      case NOT_POSSIBLE -> new Problem(HttpStatus.CONFLICT, "repair-not-possible", detail);
      case PAST_PIVOT -> new Problem(HttpStatus.CONFLICT, "past-pivot", detail);
      case UNUSABLE_DATA -> new Problem(HttpStatus.BAD_REQUEST, "unusable-data", detail);
    };
  }
}
