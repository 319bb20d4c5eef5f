package dev.allsquare.e2e;

import java.net.http.HttpHeaders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a service answered. */
record Answer(int status, HttpHeaders headers, String body) {

  private static final JsonMapper JSON = new JsonMapper();

  /** The body as a tree; a missing node when there is none. */
  JsonNode json() {
    return body.isBlank() ? JSON.missingNode() : JSON.readTree(body);
  }

  String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  boolean isSuccess() {
    return status / 100 == 2;
  }

  /** Whether it is a refusal told as RFC 9457 says. */
  boolean isProblem() {
    return status / 100 == 4
        && header("Content-Type").startsWith("application/problem+json")
        && json().path("status").asInt(0) == status
        && json().path("type").isString();
  }

  @Override
  public String toString() {
    return status + " " + header("Content-Type") + " " + body;
  }
}
