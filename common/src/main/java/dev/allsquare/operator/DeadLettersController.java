package dev.allsquare.operator;

import dev.allsquare.inbox.DeadLetter;
import dev.allsquare.inbox.DeadLetterRepairs;
import dev.allsquare.inbox.NotRedrivable;
import dev.allsquare.web.Problem;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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

/** Redrives dead letters and discards them; the audit keeps what they were. */
@RestController
@RequestMapping("${management.endpoints.web.base-path:/actuator}/deadletters/{seq}")
final class DeadLettersController {

  private static final JsonMapper JSON = JsonMapper.shared();

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

  private final DeadLetterRepairs repairs;
  private final Audit audit;

  DeadLettersController(DeadLetterRepairs repairs, Audit audit) {
    this.repairs = repairs;
    this.audit = audit;
  }

  @PostMapping(path = "/redrive", consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void redrive(@PathVariable long seq, @Valid @RequestBody RedriveRequest request) {
    var payload = request.payload() == null ? null : JSON.writeValueAsString(request.payload());
    try {
      audit.of(
          request,
          "deadletter.redrive",
          String.valueOf(seq),
          () -> detail(seq, repairs.redrive(seq, payload), request.payload()));
    } catch (NotRedrivable e) {
      throw new Problem(HttpStatus.CONFLICT, "not-redrivable", String.valueOf(e.getMessage()));
    }
  }

  @PostMapping(path = "/discard", consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void discard(@PathVariable long seq, @Valid @RequestBody DiscardRequest request) {
    audit.of(
        request,
        "deadletter.discard",
        String.valueOf(seq),
        () -> detail(seq, repairs.discard(seq), null));
  }

  private static Map<String, ?> detail(
      long seq, Optional<DeadLetter> letter, @Nullable Object payload) {
    var detail = new HashMap<String, Object>();
    detail.put("deadLetter", letter.orElseThrow(() -> unknown(seq)));
    if (payload != null) {
      detail.put("payload", payload);
    }
    return detail;
  }

  private static Problem unknown(long seq) {
    return new Problem(
        HttpStatus.NOT_FOUND,
        "dead-letter-unknown",
        "There is no dead letter %d, or not any more.".formatted(seq));
  }
}
