package dev.allsquare.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The customers of a campaign. They are careful: what was not answered, or not to the point, is
 * asked again with the same key, less and less often, and every attempt goes into the journal.
 */
final class Customers {

  /** What someone has been told, once it was accepted. */
  interface Ledger {
    void accepted(Wish wish, String key, String orderId);
  }

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final int DOUBLINGS = 5;
  private static final int TOO_EARLY = 409;
  private static final int SERVER_ERROR = 500;
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(PATIENCE)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  private final CampaignSystem system;
  private final long seed;
  private final Journal journal;
  private final Ledger ledger;

  Customers(CampaignSystem system, long seed, Journal journal, Ledger ledger) {
    this.system = system;
    this.seed = seed;
    this.journal = journal;
    this.ledger = ledger;
  }

  /** Returns once the wish was heard. */
  void come(Wish wish) throws InterruptedException {
    if (wish.kind() == Wish.Kind.REPEATED) {
      var twin = Thread.ofVirtual().start(() -> placeQuietly(wish, 1));
      place(wish, 0);
      twin.join();
      place(wish, 1);
    } else {
      var order = place(wish, wish.number());
      if (order != null && wish.cancelAfterMillis() >= 0) {
        Thread.sleep(wish.cancelAfterMillis());
        cancel(wish, order);
      }
    }
  }

  private void placeQuietly(Wish wish, int turn) {
    try {
      place(wish, turn);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable String place(Wish wish, int turn) throws InterruptedException {
    var key = wish.key(seed);
    var answer = ask(wish, turn, "/orders", wish.order(), "Idempotency-Key", key);
    if (answer.statusCode() / 100 != 2) {
      return null;
    }
    var order = JSON.readTree(answer.body()).path("id").asString();
    ledger.accepted(wish, key, order);
    return order;
  }

  private void cancel(Wish wish, String order) throws InterruptedException {
    var _ = ask(wish, wish.number() + 1, "/orders/" + order + "/cancellation", "");
  }

  /** The replicas in turn, until one gives a final answer. */
  private HttpResponse<String> ask(Wish wish, int turn, String path, String body, String... headers)
      throws InterruptedException {
    for (int attempt = 0; ; attempt++) {
      var uri = system.api((turn + attempt) % CampaignSystem.REPLICAS).orders().resolve(path);
      try {
        var answer = client.send(request(uri, body, headers), BodyHandlers.ofString());
        note(wish, uri, attempt, answer);
        if (isFinal(answer, path)) {
          return answer;
        }
      } catch (IOException e) {
        journal.write("call", details(wish, uri, attempt, "ambiguous", e.toString()));
      }
      Thread.sleep(FIRST_PAUSE_MILLIS << Math.min(attempt, DOUBLINGS));
    }
  }

  private static boolean isFinal(HttpResponse<String> answer, String path) {
    boolean placing = path.equals("/orders");
    return answer.statusCode() < SERVER_ERROR && !(placing && answer.statusCode() == TOO_EARLY);
  }

  private void note(Wish wish, URI uri, int attempt, HttpResponse<String> answer) {
    boolean told = answer.statusCode() / 100 == 2;
    var order = told ? JSON.readTree(answer.body()).path("id").asString("") : answer.body();
    journal.write("call", details(wish, uri, attempt, "" + answer.statusCode(), order));
  }

  private Map<String, Object> details(
      Wish wish, URI uri, int attempt, String outcome, String answer) {
    var details = new LinkedHashMap<String, Object>();
    details.put("wish", wish.number());
    details.put("kind", wish.kind().name());
    details.put("key", wish.key(seed));
    details.put("uri", uri.toString());
    details.put("attempt", attempt);
    details.put("outcome", outcome);
    details.put("answer", answer);
    return details;
  }

  private static HttpRequest request(URI uri, String body, String... headers) {
    var request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body)).timeout(PATIENCE);
    if (!body.isEmpty()) {
      request.setHeader("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return request.build();
  }
}
