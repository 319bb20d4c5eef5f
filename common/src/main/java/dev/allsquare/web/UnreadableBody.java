package dev.allsquare.web;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Says in the caller's words why a body can't be read; what Jackson says names our classes. */
final class UnreadableBody {

  private UnreadableBody() {}

  static Problem problem(@Nullable Throwable cause) {
    return switch (cause) {
      case BodyLimit.Exceeded e -> e.problem();
      case UnexpectedEndOfInputException e -> malformed("The JSON ends in the middle.");
      case InputCoercionException e -> wrongType(e, e.getTargetType());
      case StreamConstraintsException e ->
          malformed("The JSON is nested too deeply, or a number or name in it is too long.");
      case StreamReadException e -> malformed("The body is not valid JSON" + place(e) + ".");
      case UnrecognizedPropertyException e -> unknownField(e);
      case InvalidFormatException e when isUnclean(e.getValue()) -> uncleanText(e);
      case MismatchedInputException e -> wrongType(e, e.getTargetType());
      case ValueInstantiationException e -> invalidValue(e);
      case JacksonException e when e.getCause() != null -> problem(e.getCause());
      case null, default -> malformed("The request needs a body of one JSON value in UTF-8.");
    };
  }

  private static Problem malformed(String detail) {
    return new Problem(HttpStatus.BAD_REQUEST, "malformed-body", detail);
  }

  private static String place(JacksonException e) {
    var place = e.getLocation();
    return place == null
        ? ""
        : ": see line " + place.getLineNr() + ", column " + place.getColumnNr();
  }

  private static Problem unknownField(UnrecognizedPropertyException e) {
    String known =
        e.getKnownPropertyIds() == null
            ? "none"
            : e.getKnownPropertyIds().stream()
                .map(String::valueOf)
                .sorted()
                .collect(Collectors.joining(", "));
    return refused(e, "unknown-field", "is not a field we know; known here: " + known);
  }

  private static boolean isUnclean(@Nullable Object value) {
    return value instanceof String text && !Texts.isClean(text);
  }

  /** Nothing at all, or something behind the value; Jackson tells the latter in words only. */
  private static boolean isNoValue(JacksonException e) {
    return (e instanceof MismatchedInputException mismatch && mismatch.getCurrentToken() == null)
        || e.getOriginalMessage().startsWith("Trailing token");
  }

  private static Problem uncleanText(JacksonException e) {
    return refused(e, "invalid-value", "must be text without NUL and without half surrogate pairs");
  }

  private static Problem wrongType(JacksonException e, @Nullable Class<?> expected) {
    if (e.getPath().isEmpty() && isNoValue(e)) {
      return malformed("The request needs a body of one JSON value in UTF-8.");
    }
    return refused(e, "wrong-type", "must be " + inWords(expected));
  }

  private static Problem invalidValue(ValueInstantiationException e) {
    // Our records explain themselves in IllegalArgumentException; anything else is ours to keep.
    return refused(
        e,
        "invalid-value",
        e.getCause() instanceof IllegalArgumentException why && why.getMessage() != null
            ? "is refused: " + why.getMessage()
            : "is incomplete: a field in it is missing or null");
  }

  private static Problem refused(JacksonException e, String type, String why) {
    String field = path(e);
    return new Problem(
        HttpStatus.BAD_REQUEST,
        type,
        (field.isEmpty() ? "The body" : "'" + field + "'") + " " + why + ".",
        List.of(new Problem.Field(field, why)));
  }

  /** Such as {@code lines[0].quantity}. */
  private static String path(JacksonException e) {
    var path = new StringBuilder();
    for (var step : e.getPath()) {
      if (step.getPropertyName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(Texts.abbreviated(step.getPropertyName()));
      }
    }
    return path.toString();
  }

  static String inWords(@Nullable Class<?> type) {
    if (type == null) {
      return "of another type";
    }
    if (type == int.class || type == Integer.class) {
      return "a whole number of at most 32 bits";
    }
    if (type == long.class || type == Long.class) {
      return "a whole number of at most 64 bits";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(Object::toString)
              .collect(Collectors.joining(", "));
    }
    return words(type);
  }

  private static String words(Class<?> type) {
    if (type == String.class) {
      return "text";
    }
    if (type == UUID.class) {
      return "a UUID";
    }
    if (type == Instant.class) {
      return "a time such as 2026-01-31T12:00:00Z";
    }
    if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
      return "a number";
    }
    if (Collection.class.isAssignableFrom(type) || type.isArray()) {
      return "an array";
    }
    return Map.class.isAssignableFrom(type) || type.isRecord() ? "an object" : "of another type";
  }
}
