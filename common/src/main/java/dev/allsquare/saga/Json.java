package dev.allsquare.saga;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How sagas are stored and their commands written. Unknown and missing fields are no errors: older
 * and newer code read each other's rows while a new version rolls out.
 */
final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  private static final JsonMapper STRICT =
      MAPPER.rebuild().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private record Steps(
      @Nullable Map<String, Leg> actions,
      @Nullable Map<String, Leg> compensations,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable List<Event.Replied> unread) {

    Steps {
      actions = Objects.requireNonNullElse(actions, Map.of());
      compensations = Objects.requireNonNullElse(compensations, Map.of());
      unread = Objects.requireNonNullElse(unread, List.of());
    }
  }

  private Json() {}

  static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  static <T> T read(String json, Class<T> type) {
    return MAPPER.readValue(json, type);
  }

  /** For what people write: a field that nobody knows is a mistake of theirs. */
  static <T> T readStrictly(String json, Class<T> type) {
    return STRICT.readValue(json, type);
  }

  static String steps(Instance instance) {
    return write(new Steps(instance.actions(), instance.compensations(), instance.unread()));
  }

  static Instance instance(
      UUID id, Phase phase, @Nullable String reason, @Nullable String parked, String steps) {
    var read = read(steps, Steps.class);
    return new Instance(
        id,
        phase,
        reason,
        parked,
        Objects.requireNonNull(read.actions()),
        Objects.requireNonNull(read.compensations()),
        Objects.requireNonNull(read.unread()));
  }

  static List<Entry> entries(String json) {
    return List.of(read(json, Entry[].class));
  }
}
