package dev.allsquare.operator;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Redrives dead letters and discards them; the audit keeps what they were. */
@RestController
@RequestMapping("${management.endpoints.web.base-path:/actuator}/deadletters/{seq}")
final class DeadLettersController {

  /**
   * What an operator sends to have a message handled after all.
   *
   * @param payload what it says instead; absent when it stays
   */
  record RedriveRequest(
      @NotBlank @Size(max = 100) String actor,
      @NotBlank @Size(max = 1000) String reason,
      @Nullable Map<String, @Nullable Object> payload)
      implements Signature {}

  /** What an operator sends to have a message handled never. */
  record DiscardRequest(
      @NotBlank @Size(max = 100) String actor, @NotBlank @Size(max = 1000) String reason)
      implements Signature {}

  private final DeadLetterDeeds deeds;

  DeadLettersController(DeadLetterDeeds deeds) {
    this.deeds = deeds;
  }

  @PostMapping(path = "/redrive", consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void redrive(@PathVariable long seq, @Valid @RequestBody RedriveRequest request) {
    deeds.redrive(seq, request.payload(), request, Map.of());
  }

  @PostMapping(path = "/discard", consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void discard(@PathVariable long seq, @Valid @RequestBody DiscardRequest request) {
    deeds.discard(seq, request, Map.of());
  }
}
