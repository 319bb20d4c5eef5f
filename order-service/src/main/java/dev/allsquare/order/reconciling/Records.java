package dev.allsquare.order.reconciling;

import dev.allsquare.contract.Money;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

/** What one participant keeps of the orders, over its REST. */
final class Records {

  /**
   * What it keeps of one order.
   *
   * @param amount of a payment; reservations have none
   */
  record Entry(UUID orderId, String state, @Nullable Money amount) {}

  private record Entries(List<Entry> items) {}

  private final RestClient rest;
  private final String what;

  private Records(RestClient rest, String what) {
    this.rest = rest;
    this.what = what;
  }

  /**
   * The records of the service that answers there.
   *
   * @param what it keeps: {@code payment} or {@code reservation}
   */
  static Records at(String url, String what, Duration connectTimeout, Duration readTimeout) {
    var requests =
        new JdkClientHttpRequestFactory(
            HttpClient.newBuilder().connectTimeout(connectTimeout).build());
    requests.setReadTimeout(readTimeout);
    return new Records(RestClient.builder().baseUrl(url).requestFactory(requests).build(), what);
  }

  /** Of the orders behind this one, in the order of their ids. */
  List<Entry> after(UUID order, int limit) {
    var found =
        rest.get()
            .uri("/{what}-states?after={order}&limit={limit}", what, order, limit)
            .retrieve()
            .body(Entries.class);
    return Objects.requireNonNull(found, "an answer without a body").items();
  }

  Optional<Entry> of(UUID order) {
    try {
      var found =
          rest.get().uri("/{what}s?orderId={order}", what, order).retrieve().body(Entry.class);
      return Optional.ofNullable(found);
    } catch (HttpClientErrorException.NotFound none) {
      return Optional.empty();
    }
  }
}
