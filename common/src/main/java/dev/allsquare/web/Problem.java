package dev.allsquare.web;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * A request that can't be served, told as <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC
 * 9457</a> problem details.
 *
 * <p>The type is stable: callers may switch on it. The detail says what happened, to what, and what
 * to do about it.
 */
public final class Problem extends RuntimeException {

  private final HttpStatus status;
  private final String type;
  private final HttpHeaders headers = new HttpHeaders();

  /**
   * A problem of this type.
   *
   * @param type the last part of the type URI, such as {@code product-unknown}
   */
  public Problem(HttpStatus status, String type, String detail) {
    super(detail);
    this.status = status;
    this.type = type;
  }

  /** The same problem with one more response header, such as {@code Retry-After}. */
  public Problem with(String header, String value) {
    headers.add(header, value);
    return this;
  }

  HttpStatus status() {
    return status;
  }

  String type() {
    return type;
  }

  HttpHeaders headers() {
    return headers;
  }
}
