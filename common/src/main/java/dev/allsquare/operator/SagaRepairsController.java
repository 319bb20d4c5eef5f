package dev.allsquare.operator;

import dev.allsquare.saga.Repair;
import dev.allsquare.saga.RepairRefused;
import dev.allsquare.saga.SagaRepairs;
import dev.allsquare.web.Problem;
import jakarta.validation.Valid;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Repairs parked sagas. Only JSON is taken, which no page of another origin can send unasked. */
@RestController
@RequestMapping("${management.endpoints.web.base-path:/actuator}/sagas/{id}")
final class SagaRepairsController {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final SagaRepairs repairs;
  private final Audit audit;

  SagaRepairsController(SagaRepairs repairs, Audit audit) {
    this.repairs = repairs;
    this.audit = audit;
  }

  @PostMapping(
      path = "/{repair:retry|skip|compensate|resume}",
      consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void repair(
      @PathVariable UUID id,
      @PathVariable String repair,
      @Valid @RequestBody SagaRepairRequest request) {
    var kind = Repair.valueOf(repair.toUpperCase(Locale.ROOT));
    requireDataToFit(kind, request.data());
    try {
      audit.of(request, "saga." + repair, id.toString(), () -> repair(id, kind, request));
    } catch (RepairRefused e) {
      throw problem(e);
    }
  }

  private Map<String, ?> repair(UUID id, Repair kind, SagaRepairRequest request) {
    var data = request.data() == null ? null : JSON.writeValueAsString(request.data());
    var before =
        repairs.repair(
            new SagaRepairs.Order(
                id, kind, request.version(), request.actor(), request.reason(), data));
    var detail = new HashMap<String, Object>(Map.of("version", request.version()));
    if (request.data() != null) {
      detail.put("data", request.data());
      detail.put("before", JSON.readTree(before));
    }
    return detail;
  }

  private static void requireDataToFit(Repair repair, @Nullable Object data) {
    boolean sendsAgain =
        switch (repair) {
          case RETRY, RESUME -> true;
          case SKIP, COMPENSATE -> false;
        };
    if (data != null && !sendsAgain) {
      throw new Problem(
          HttpStatus.BAD_REQUEST,
          "invalid-value",
          "'data' can be edited with retry and resume, which send commands made of it.");
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
