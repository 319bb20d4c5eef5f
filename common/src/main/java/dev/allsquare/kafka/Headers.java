package dev.allsquare.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Strict reading of a record's bytes: UTF-8 without NUL, each header at most once. */
final class Headers {

  private final org.apache.kafka.common.header.Headers headers;

  Headers(org.apache.kafka.common.header.Headers headers) {
    this.headers = headers;
  }

  @Nullable String optional(String name) throws NotAMessage {
    var found = headers.headers(name).iterator();
    if (!found.hasNext()) {
      return null;
    }
    Header header = found.next();
    if (found.hasNext()) {
      throw new NotAMessage("header " + name + " stands there twice");
    }
    return text("header " + name, header.value());
  }

  String required(String name) throws NotAMessage {
    String value = optional(name);
    if (value == null || value.isEmpty()) {
      throw new NotAMessage("header " + name + " is missing");
    }
    return value;
  }

  UUID uuid(String name) throws NotAMessage {
    return uuid(name, required(name));
  }

  @Nullable UUID optionalUuid(String name) throws NotAMessage {
    String value = optional(name);
    return value == null ? null : uuid(name, value);
  }

  static String text(String what, byte @Nullable [] bytes) throws NotAMessage {
    if (bytes == null) {
      throw new NotAMessage(what + " is null");
    }
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.indexOf('\0') >= 0) {
        throw new NotAMessage(what + " contains NUL");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw new NotAMessage(what + " is not UTF-8");
    }
  }

  /** {@link UUID#fromString} alone would read 1-1-1-1-1 as one. */
  private static UUID uuid(String name, String value) throws NotAMessage {
    try {
      UUID uuid = UUID.fromString(value);
      if (uuid.toString().equalsIgnoreCase(value)) {
        return uuid;
      }
    } catch (IllegalArgumentException e) {
      throw new NotAMessage("header " + name + " is not a UUID: " + e.getMessage());
    }
    throw new NotAMessage("header " + name + " is not a UUID");
  }
}
