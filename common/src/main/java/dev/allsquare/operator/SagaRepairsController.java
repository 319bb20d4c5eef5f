package dev.allsquare.operator;

import dev.allsquare.saga.Repair;
import dev.allsquare.saga.SagaRepairs;
import dev.allsquare.web.Problem;
import jakarta.validation.Valid;
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

  private final SagaDeeds deeds;

  SagaRepairsController(SagaDeeds deeds) {
    this.deeds = deeds;
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
    var data = request.data() == null ? null : JSON.writeValueAsString(request.data());
    deeds.repair(
        new SagaRepairs.Order(id, kind, request.version(), request.actor(), request.reason(), data),
        request,
        Map.of());
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
}
