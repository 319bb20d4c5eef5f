package dev.allsquare.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.message.Reply;
import dev.allsquare.message.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** The AsyncAPI document that a service serves, held against its code. */
public final class AsyncApi {

  private final Node document = Node.read("/static/asyncapi.yaml");

  /** A mapping of a document. */
  private record Node(Map<?, ?> fields) {

    static Node read(String name) {
      try (var file = AsyncApi.class.getResourceAsStream(name)) {
        return new Node(new Yaml().<Map<?, ?>>load(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Node at(String... path) {
      Object here = fields;
      for (String name : path) {
        here = Objects.requireNonNull(((Map<?, ?>) here).get(name), name);
      }
      return new Node((Map<?, ?>) here);
    }

    String text(String name) {
      return String.valueOf(fields.get(name));
    }

    List<String> keys() {
      return fields.keySet().stream().map(String::valueOf).toList();
    }
  }

  /** Checks that these topics are named, no other, and just these are created. */
  public void hasTopics(String... topics) {
    assertThat(document.text("asyncapi")).startsWith("3.");
    var channels = document.at("channels");
    assertThat(channels.keys().stream().map(key -> channels.at(key).text("address")))
        .containsExactlyInAnyOrder(topics);
    var created = Node.read("/application.yml").at("allsquare", "kafka");
    assertThat(
            Stream.of("topics", "compacted-topics")
                .filter(created.keys()::contains)
                .flatMap(key -> Stream.of(created.text(key).split(", "))))
        .containsExactlyInAnyOrder(topics);
  }

  /** Checks that these types are named, no other, each on a channel and with its fields. */
  public void hasMessages(Map<String, Class<? extends Record>> bodies) {
    var messages = document.at("components", "messages");
    assertThat(messages.keys().stream().map(key -> messages.at(key).text("name")))
        .containsExactlyInAnyOrderElementsOf(bodies.keySet());
    var channels = document.at("channels");
    assertThat(
            channels.keys().stream().flatMap(key -> channels.at(key, "messages").keys().stream()))
        .containsExactlyInAnyOrderElementsOf(messages.keys());
    for (var key : messages.keys()) {
      var message = messages.at(key);
      var body = Objects.requireNonNull(bodies.get(message.text("name")));
      assertThat(message.at("payload").text("$ref")).endsWith("/" + body.getSimpleName());
      hasFieldsOf(body);
    }
    hasValues(Reply.class, "verdict", Verdict.values());
  }

  /** Checks the fields of a record, their order and their types. */
  public void hasFieldsOf(Class<? extends Record> body) {
    var properties = properties(body);
    assertThat(properties.keys())
        .as(body.getSimpleName())
        .containsExactlyElementsOf(
            Arrays.stream(body.getRecordComponents()).map(RecordComponent::getName).toList());
    for (var component : body.getRecordComponents()) {
      assertThat(wireType(properties.at(component.getName())))
          .as(body.getSimpleName() + "." + component.getName())
          .isEqualTo(wireType(component.getType()));
    }
  }

  /** Checks that the field takes these values, in their order. */
  public void hasValues(Class<? extends Record> body, String field, Enum<?>... values) {
    assertThat(properties(body).at(field).fields().get("enum"))
        .isEqualTo(Stream.of(values).map(Enum::name).toList());
  }

  private Node properties(Class<? extends Record> body) {
    return document.at("components", "schemas", body.getSimpleName(), "properties");
  }

  private static String wireType(Node property) {
    return property.fields().containsKey("$ref") ? "object" : property.text("type");
  }

  private static String wireType(Class<?> type) {
    if (type == String.class || type == UUID.class || type.isEnum()) {
      return "string";
    }
    if (type == int.class || type == long.class) {
      return "integer";
    }
    return type == List.class ? "array" : "object";
  }
}
