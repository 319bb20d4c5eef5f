package dev.allsquare.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/**
 * A request that can't be served, told as <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC
 * 9457</a> problem details.
 *
 * <p>The type is stable: callers may switch on it. The detail says what happened, to what, and what
 * to do about it.
 */
public final class Problem extends RuntimeException {

  private static final String TYPES = "https://allsquare.dev/problems/";

  private final HttpStatus status;
  private final String type;
  private final transient HttpHeaders headers = new HttpHeaders();
  private final transient List<Field> errors;

  /** What is wrong with one field of the request. */
  record Field(String field, String detail) {}

  /**
   * A problem of this type.
   *
   * @param type the last part of the type URI, such as {@code product-unknown}
   */
  public Problem(HttpStatus status, String type, String detail) {
    this(status, type, detail, List.of());
  }

  Problem(HttpStatus status, String type, String detail, List<Field> errors) {
    super(detail, null, false, false); // an answer, not a failure: nobody reads its stack
    this.status = status;
    this.type = type;
    this.errors = List.copyOf(errors);
  }

  /** The same problem with one more response header, such as {@code Retry-After}. */
  public Problem with(String header, String value) {
    headers.add(header, value);
    return this;
  }

  HttpStatus status() {
    return status;
  }

  /** The last part of the type URI. */
  public String type() {
    return type;
  }

  HttpHeaders headers() {
    return headers;
  }

  /** What goes over the wire. */
  ProblemDetail detail(String path) {
    var detail = ProblemDetail.forStatusAndDetail(status, getMessage());
    detail.setType(URI.create(TYPES + type));
    detail.setTitle(title());
    instance(path).ifPresent(detail::setInstance);
    if (!errors.isEmpty()) {
      detail.setProperty("errors", errors);
    }
    return detail;
  }

  /** A path such as {@code //} is served like any other, but is no URI. */
  private static Optional<URI> instance(String path) {
    try {
      return Optional.of(new URI(path));
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }

  /** The type in words: as the RFC wants it, the same for every occurrence. */
  private String title() {
    String words = type.replace('-', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
