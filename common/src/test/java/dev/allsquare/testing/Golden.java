package dev.allsquare.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/** Documents byte for byte: who changes one breaks services that are running. */
public final class Golden {

  private static final JsonMapper JSON = JsonMapper.shared();

  private Golden() {}

  /** The document of this name among the resources. */
  public static String of(String name) {
    var path = "/golden/" + name + ".json";
    try (var file = Objects.requireNonNull(Golden.class.getResourceAsStream(path), path)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Checks that it is written, and read, as it always was. */
  public static void check(String name, Object value) {
    assertThat(JSON.writeValueAsString(value)).isEqualTo(of(name));
    assertThat((Object) JSON.readValue(of(name), value.getClass())).isEqualTo(value);
  }
}
