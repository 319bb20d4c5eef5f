package dev.allsquare.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.contract.Money;
import dev.allsquare.contract.order.Orders;
import dev.allsquare.contract.payment.AuthorizePayment;
import dev.allsquare.contract.payment.CapturePayment;
import dev.allsquare.contract.payment.Payment;
import dev.allsquare.contract.payment.PaymentChanged;
import dev.allsquare.contract.payment.RefundPayment;
import dev.allsquare.contract.payment.VoidPayment;
import dev.allsquare.message.Reply;
import dev.allsquare.message.Verdict;
import dev.allsquare.payment.domain.PaymentState;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The AsyncAPI document against the code: topics, types, fields. */
class AsyncApiTest {

  private static final Map<String, Class<? extends Record>> BODIES =
      Map.of(
          AuthorizePayment.TYPE, AuthorizePayment.class,
          CapturePayment.TYPE, CapturePayment.class,
          VoidPayment.TYPE, VoidPayment.class,
          RefundPayment.TYPE, RefundPayment.class,
          PaymentChanged.TYPE, PaymentChanged.class,
          Reply.TYPE, Reply.class);

  private static Node document = new Node(Map.of());

  /** A mapping of the document. */
  private record Node(Map<?, ?> fields) {
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

    List<?> list(String name) {
      return (List<?>) Objects.requireNonNull(fields.get(name), name);
    }
  }

  @BeforeAll
  static void read() throws IOException {
    try (var file = AsyncApiTest.class.getResourceAsStream("/static/asyncapi.yaml")) {
      document = new Node(new Yaml().<Map<?, ?>>load(file));
    }
  }

  @Test
  void itIsAsyncApi3() {
    assertThat(document.text("asyncapi")).startsWith("3.");
  }

  @Test
  void itNamesTheTopics() {
    assertThat(addresses())
        .containsExactlyInAnyOrder(Payment.COMMANDS, Payment.EVENTS, Orders.REPLIES);
  }

  @Test
  void itNamesEveryMessageType() {
    var messages = document.at("components", "messages");
    assertThat(messages.keys().stream().map(key -> messages.at(key).text("name")))
        .containsExactlyInAnyOrderElementsOf(BODIES.keySet());
  }

  @Test
  void everyMessageTravelsOnAChannel() {
    var channels = document.at("channels");
    assertThat(
            channels.keys().stream().flatMap(key -> channels.at(key, "messages").keys().stream()))
        .containsExactlyInAnyOrderElementsOf(document.at("components", "messages").keys());
  }

  @Test
  void everyMessageHasTheFieldsOfItsRecord() {
    var messages = document.at("components", "messages");
    for (var key : messages.keys()) {
      var message = messages.at(key);
      var schema = message.at("payload").text("$ref").replaceFirst(".*/", "");
      var body = Objects.requireNonNull(BODIES.get(message.text("name")));
      assertThat(schema).isEqualTo(body.getSimpleName());
      assertFields(body);
    }
    assertFields(Money.class);
  }

  @Test
  void itNamesEveryStateAndVerdict() {
    assertThat(
            document
                .at("components", "schemas", "PaymentChanged", "properties", "state")
                .list("enum"))
        .isEqualTo(Stream.of(PaymentState.values()).map(Enum::name).toList());
    assertThat(document.at("components", "schemas", "Reply", "properties", "verdict").list("enum"))
        .isEqualTo(Stream.of(Verdict.values()).map(Enum::name).toList());
  }

  @Test
  void theTopicsThatAreCreatedStandInTheDocument() throws IOException {
    try (var file = AsyncApiTest.class.getResourceAsStream("/application.yml")) {
      var settings = new Node(new Yaml().<Map<?, ?>>load(file));
      assertThat(settings.at("allsquare", "kafka").text("topics").split(", "))
          .containsExactlyInAnyOrderElementsOf(addresses());
    }
  }

  private static List<String> addresses() {
    var channels = document.at("channels");
    return channels.keys().stream().map(key -> channels.at(key).text("address")).toList();
  }

  private static void assertFields(Class<? extends Record> body) {
    var properties = document.at("components", "schemas", body.getSimpleName(), "properties");
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
