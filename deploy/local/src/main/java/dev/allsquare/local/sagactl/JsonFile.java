package dev.allsquare.local.sagactl;

import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON that an operator has prepared. */
final class JsonFile {

  private JsonFile() {}

  static JsonNode read(String file) {
    try {
      return JsonMapper.shared().readTree(Path.of(file));
    } catch (JacksonException e) {
      throw new Failure(
          Failure.MISUNDERSTOOD, "%s cannot be read: %s".formatted(file, e.getOriginalMessage()));
    }
  }
}
