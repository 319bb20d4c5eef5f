package dev.allsquare.console;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One service's Actuator, as anybody sees it who may reach the port. */
final class ManagementPort {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  /** What a problem says. */
  private record Problem(@Nullable String detail) {}

  private final String service;
  private final Supplier<URI> root;
  private final RestClient client;

  ManagementPort(String service, Supplier<URI> root, ConsoleProperties settings) {
    this.service = service;
    this.root = root;
    var http = HttpClient.newBuilder().connectTimeout(settings.connectTimeout()).build();
    var factory = new JdkClientHttpRequestFactory(http);
    factory.setReadTimeout(settings.readTimeout());
    this.client = RestClient.builder().requestFactory(factory).build();
  }

  String service() {
    return service;
  }

  <T> Answer<T> get(String path, Class<T> type) {
    return answer(() -> client.get().uri(at(path)).retrieve().body(String.class), type);
  }

  <T> Answer<T> post(String path, Object body, Class<T> type) {
    return answer(
        () ->
            client
                .post()
                .uri(at(path))
                .contentType(MediaType.APPLICATION_JSON)
                .body(JSON.writeValueAsString(body))
                .retrieve()
                .body(String.class),
        type);
  }

  private URI at(String path) {
    return URI.create(root.get() + "/actuator/" + path);
  }

  private <T> Answer<T> answer(Supplier<@Nullable String> call, Class<T> type) {
    try {
      var body = call.get();
      return new Answer.Given<>(JSON.readValue(body == null ? "{}" : body, type));
    } catch (RestClientResponseException e) {
      return new Answer.Refused<>(e.getStatusCode().value(), words(e));
    } catch (ResourceAccessException e) {
      return new Answer.Silence<>(service + " does not answer.");
    } catch (RestClientException | JacksonException e) {
      return new Answer.Silence<>(service + " answers something else than it should.");
    }
  }

  private String words(RestClientResponseException e) {
    try {
      var detail = JSON.readValue(e.getResponseBodyAsString(), Problem.class).detail();
      return detail == null ? unexplained(e) : detail;
    } catch (JacksonException _) {
      return unexplained(e);
    }
  }

  private String unexplained(RestClientResponseException e) {
    return service + " answers " + e.getStatusCode().value() + ".";
  }
}
