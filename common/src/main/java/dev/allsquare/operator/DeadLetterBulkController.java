package dev.allsquare.operator;

import dev.allsquare.inbox.DeadLetterSelection;
import dev.allsquare.operator.BulkRepairs.Request;
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

/** Redrives or discards many dead letters at once. */
@RestController
@RequestMapping("${management.endpoints.web.base-path:/actuator}/deadletters/repairs")
final class DeadLetterBulkController {

  /** What can be done to many. */
  enum Action {
    REDRIVE(DeadLetterDeeds.REDRIVE),
    DISCARD(DeadLetterDeeds.DISCARD);

    private final String audited;

    Action(String audited) {
      this.audited = audited;
    }
  }

  /** Which ones are meant. */
  record Filter(
      @Nullable String topic,
      @Nullable String cause,
      @Nullable Duration olderThan,
      @Nullable String why) {}

  /** What an operator sends to deal with many. */
  record BulkRequest(
      @NotNull Action action,
      @NotNull Filter filter,
      @NotBlank @Size(max = 100) String actor,
      @NotBlank @Size(max = 1000) String reason,
      @Nullable Boolean dryRun,
      @Nullable @Min(1) @Max(100) Integer ratePerSecond)
      implements Signature {}

  private final BulkRepairs bulk;
  private final DeadLetterSelection letters;

  DeadLetterBulkController(BulkRepairs bulk, DeadLetterSelection letters) {
    this.bulk = bulk;
    this.letters = letters;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Object> make(@Valid @RequestBody BulkRequest request, HttpServletRequest http) {
    var filter = request.filter();
    var found =
        letters.find(
            filter.topic(), filter.cause(), filter.olderThan(), filter.why(), BulkRepairs.MOST + 1);
    return bulk.make(
        new Request<>(
            request.action().audited,
            filter,
            request,
            request.dryRun(),
            request.ratePerSecond(),
            found),
        http.getRequestURI(),
        (position, letter) -> BulkItem.fresh(position, String.valueOf(letter.seq()), null));
  }

  @GetMapping
  BulkRepairs.Jobs latest() {
    return bulk.latest(DeadLetterDeeds.PREFIX);
  }

  @GetMapping("/{id}")
  BulkRepairs.Shown show(@PathVariable UUID id, @RequestParam @Nullable Integer after) {
    return bulk.show(id, after);
  }
}
