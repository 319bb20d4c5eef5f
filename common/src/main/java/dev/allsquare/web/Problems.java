package dev.allsquare.web;

import dev.allsquare.database.Failure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.BindException;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Which problem an exception is to the caller. What is not known here is ours: 500, logged. */
final class Problems {

  private static final Logger log = LoggerFactory.getLogger(Problems.class);

  private Problems() {}

  static Problem of(Exception exception) {
    return switch (exception) {
      case Problem e -> e;
      case HttpMessageNotReadableException e -> UnreadableBody.problem(e.getCause());
      case BindException e -> invalid(fields(e.getFieldErrors(), ""));
      case HandlerMethodValidationException e -> invalid(fields(e));
      case MethodArgumentTypeMismatchException e -> mismatch(e);
      case MissingServletRequestParameterException e ->
          parameter("The query needs the parameter '" + e.getParameterName() + "'.");
      case MissingRequestHeaderException e ->
          new Problem(
              HttpStatus.BAD_REQUEST,
              "missing-header",
              "This request needs the header " + e.getHeaderName() + ".");
      case InvalidParameterException e -> parameter("The query is not properly URL-encoded.");
      case NoResourceFoundException e -> unknownPath();
      case NoHandlerFoundException e -> unknownPath();
      case HttpRequestMethodNotSupportedException e -> method(e);
      case HttpMediaTypeNotSupportedException e -> mediaType(e);
      case HttpMediaTypeNotAcceptableException e ->
          of(HttpStatus.NOT_ACCEPTABLE).with(HttpHeaders.ACCEPT, "application/json");
      case AsyncRequestTimeoutException e -> unavailable();
      case OptimisticLockingFailureException e -> concurrentChange();
      case ErrorResponse e -> of(HttpStatus.valueOf(e.getStatusCode().value()));
      default -> unexpected(exception);
    };
  }

  /** The problem of a bare status, from wherever it came. */
  static Problem of(HttpStatus status) {
    return switch (status) {
      case NOT_FOUND -> unknownPath();
      case SERVICE_UNAVAILABLE -> unavailable();
      case CONTENT_TOO_LARGE -> BodyLimit.problem();
      case METHOD_NOT_ALLOWED -> new Problem(status, "method-not-allowed", "Not this method here.");
      case UNSUPPORTED_MEDIA_TYPE ->
          new Problem(status, "unsupported-media-type", "Send the body as application/json.");
      case NOT_ACCEPTABLE ->
          new Problem(status, "not-acceptable", "We answer with application/json.");
      default ->
          status.is5xxServerError()
              ? internalError()
              : new Problem(status, "bad-request", "This is not a request we understand.");
    };
  }

  private static Problem unexpected(Exception exception) {
    if (Failure.of(exception) != Failure.OWN) {
      log.warn("Answered 503: {}", exception.toString());
      return unavailable();
    }
    log.error("Answered 500", exception);
    return internalError();
  }

  private static Problem internalError() {
    return new Problem(
        HttpStatus.INTERNAL_SERVER_ERROR,
        "internal-error",
        "This is our mistake and it is in our log. Repeating the request is safe.");
  }

  private static Problem unavailable() {
    return new Problem(
            HttpStatus.SERVICE_UNAVAILABLE,
            "unavailable",
            "We can't serve this right now. Repeating the request is safe.")
        .with(HttpHeaders.RETRY_AFTER, "1");
  }

  private static Problem unknownPath() {
    return new Problem(HttpStatus.NOT_FOUND, "unknown-path", "There is nothing at this path.");
  }

  private static Problem concurrentChange() {
    return new Problem(
        HttpStatus.CONFLICT, "concurrent-change", "Someone changed it meanwhile: try again.");
  }

  private static Problem parameter(String detail) {
    return new Problem(HttpStatus.BAD_REQUEST, "invalid-parameter", detail);
  }

  private static Problem mismatch(MethodArgumentTypeMismatchException e) {
    return parameter(
        "'%s' can't be %s: it must be %s."
            .formatted(
                Texts.abbreviated(e.getValue()),
                e.getName(),
                UnreadableBody.inWords(e.getRequiredType())));
  }

  private static Problem method(HttpRequestMethodNotSupportedException e) {
    String allowed =
        e.getSupportedMethods() == null ? "" : String.join(", ", e.getSupportedMethods());
    return new Problem(
            HttpStatus.METHOD_NOT_ALLOWED,
            "method-not-allowed",
            "%s is not possible here; possible: %s.".formatted(e.getMethod(), allowed))
        .with(HttpHeaders.ALLOW, allowed);
  }

  private static Problem mediaType(HttpMediaTypeNotSupportedException e) {
    var problem = of(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
    e.getHeaders().forEach((name, values) -> values.forEach(value -> problem.with(name, value)));
    return problem;
  }

  private static Problem invalid(List<Problem.Field> fields) {
    String detail =
        fields.stream()
            .map(field -> "'" + field.field() + "' " + field.detail())
            .collect(Collectors.joining("; ", "", "."));
    return new Problem(HttpStatus.BAD_REQUEST, "invalid-value", detail, fields);
  }

  private static List<Problem.Field> fields(List<FieldError> errors, String in) {
    return errors.stream()
        .map(error -> new Problem.Field(in + error.getField(), text(error)))
        .sorted(Comparator.comparing(Problem.Field::field))
        .toList();
  }

  private static List<Problem.Field> fields(HandlerMethodValidationException e) {
    var fields = new ArrayList<Problem.Field>();
    for (var result : e.getParameterValidationResults()) {
      if (result instanceof ParameterErrors body) {
        fields.addAll(fields(body.getFieldErrors(), ""));
      } else {
        String name = String.valueOf(result.getMethodParameter().getParameterName());
        result
            .getResolvableErrors()
            .forEach(error -> fields.add(new Problem.Field(name, text(error))));
      }
    }
    return fields;
  }

  private static String text(MessageSourceResolvable error) {
    String message = error.getDefaultMessage();
    return message == null ? "is not valid" : message;
  }
}
