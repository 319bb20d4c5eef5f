package dev.allsquare.operator;

import dev.allsquare.outbox.ParkedKeyRepairs;
import dev.allsquare.web.Problem;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Releases keys that are parked in the outbox. */
@RestController
@RequestMapping("${management.endpoints.web.base-path:/actuator}/outbox")
final class ParkedKeysController {

  /** What an operator sends to have a key's messages sent after all. */
  record ReleaseRequest(
      @NotBlank @Size(max = 100) String actor,
      @NotBlank @Size(max = 1000) String reason,
      @NotNull String topic,
      @NotNull String key)
      implements Signature {}

  private final ParkedKeyRepairs repairs;
  private final Audit audit;

  ParkedKeysController(ParkedKeyRepairs repairs, Audit audit) {
    this.repairs = repairs;
    this.audit = audit;
  }

  @PostMapping(path = "/release", consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void release(@Valid @RequestBody ReleaseRequest request) {
    var subject = request.topic() + " " + request.key();
    audit.of(request, "outbox.release", subject, () -> release(request.topic(), request.key()));
  }

  private Map<String, ?> release(String topic, String key) {
    if (!repairs.release(topic, key)) {
      throw new Problem(
          HttpStatus.NOT_FOUND,
          "key-not-parked",
          "The outbox has no parked key %s of topic %s, or not any more.".formatted(key, topic));
    }
    return Map.of("topic", topic, "key", key);
  }
}
