package dev.allsquare.inbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.allsquare.message.Message;
import dev.allsquare.message.SagaContext;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A dead letter's headers as they are kept: in order, every byte recoverable. */
final class Headers {

  /** One header as JSON: its value as text, or as base64 where it is none. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Header(String name, @Nullable String value, @Nullable String base64) {}

  private final List<Header> all = new ArrayList<>();

  private Headers() {}

  static List<Header> of(Garbage garbage) {
    return garbage.headers().stream().map(Headers::asKept).toList();
  }

  /** The names are those of CloudEvents on Kafka, so that a row reads like the record did. */
  static List<Header> of(Message message) {
    var headers = new Headers();
    headers.add("ce_id", message.id());
    headers.add("ce_type", message.type());
    headers.add("ce_source", message.source());
    headers.add("ce_subject", message.subject());
    headers.add("ce_time", message.time());
    headers.add("ce_causationid", message.causationId());
    headers.add("traceparent", message.traceparent());
    headers.add(message.saga());
    return headers.all;
  }

  private void add(@Nullable SagaContext saga) {
    if (saga != null) {
      add("ce_sagaid", saga.sagaId());
      add("ce_sagatype", saga.sagaType());
      add("ce_step", saga.step());
      add("ce_direction", saga.direction());
      add("ce_replyto", saga.replyTo());
    }
  }

  private void add(String name, @Nullable Object value) {
    if (value != null) {
      all.add(new Header(name, value.toString(), null));
    }
  }

  private static Header asKept(Garbage.Header header) {
    byte[] value = header.value();
    if (value == null) {
      return new Header(header.name(), null, null);
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
      return new Header(header.name(), text, null);
    } catch (CharacterCodingException e) {
      return new Header(header.name(), null, Base64.getEncoder().encodeToString(value));
    }
  }
}
