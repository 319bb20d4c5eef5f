package dev.allsquare.operator;

import dev.allsquare.operator.BulkRepairs.Request;
import dev.allsquare.saga.ParkedSagas;
import dev.allsquare.saga.Repair;
import dev.allsquare.saga.SagaFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Repairs many parked sagas at once. */
@RestController
@RequestMapping("${management.endpoints.web.base-path:/actuator}/sagas")
final class SagaBulkController {

  /** Only parked sagas are repaired. */
  enum State {
    PARKED
  }

  /** Which ones are meant. */
  record Filter(
      @Nullable String type,
      @Nullable State state,
      @Nullable String key,
      @Nullable Duration olderThan,
      @Nullable String step,
      @Nullable String reason) {

    SagaFilter ofParked() {
      return new SagaFilter(type, key, olderThan, step, reason);
    }
  }

  /** What an operator sends to repair many, with their data as it is. */
  record BulkRequest(
      @NotNull Repair action,
      @NotNull Filter filter,
      @NotBlank @Size(max = 100) String actor,
      @NotBlank @Size(max = 1000) String reason,
      @Nullable Boolean dryRun,
      @Nullable @Min(1) @Max(100) Integer ratePerSecond)
      implements Signature {}

  private final BulkRepairs bulk;
  private final ParkedSagas sagas;

  SagaBulkController(BulkRepairs bulk, ParkedSagas sagas) {
    this.bulk = bulk;
    this.sagas = sagas;
  }

  @PostMapping(path = "/repairs", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Object> make(@Valid @RequestBody BulkRequest request, HttpServletRequest http) {
    var action = SagaDeeds.action(request.action());
    var found = sagas.find(request.filter().ofParked(), BulkRepairs.MOST + 1);
    return bulk.make(
        new Request<>(
            action, request.filter(), request, request.dryRun(), request.ratePerSecond(), found),
        http.getRequestURI(),
        (position, saga) -> BulkItem.fresh(position, saga.id().toString(), saga.version()));
  }

  @GetMapping("/repairs")
  BulkRepairs.Jobs latest() {
    return bulk.latest(SagaDeeds.PREFIX);
  }

  @GetMapping("/repairs/{id}")
  BulkRepairs.Shown show(@PathVariable UUID id, @RequestParam @Nullable Integer after) {
    return bulk.show(id, after);
  }
}
