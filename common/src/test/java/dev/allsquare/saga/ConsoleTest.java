package dev.allsquare.saga;

import static dev.allsquare.saga.Bed.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.message.Direction;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console, as a browser talks to it, and as others might. */
class ConsoleTest {

  private static final Bed BED = Bed.withWeb(Purchases.purchase(1, Duration.ofMinutes(1)));
  private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" value=\"(\\w+)\"");

  private final HttpClient browser =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

  @BeforeEach
  void forget() {
    BED.forget();
  }

  @AfterAll
  static void close() {
    BED.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/sagas?state=PARKED",
        "/sagas?state=NONSENSE",
        "/sagas/SAGA",
        "/sagas/11111111-1111-7111-8111-111111111111",
        "/deadletters",
        "/reconciliation",
        "/definitions"
      })
  void everyPageIsUnderAStrictPolicyAndNeedsNoException(String path) throws Exception {
    var page = get(path.replace("SAGA", parked("BROKEN_BOX").toString()));
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
    assertThat(page.body())
        .startsWith("<!doctype html>")
        .doesNotContainPattern("<script(?![^>]* src=)|<style| style=| on\\w+=\"|https?://");
  }

  @Test
  void whatASagaSaysIsTextAndNoMarkup() throws Exception {
    var saga = parked("<script>alert(1)</script>");
    assertThat(get("/sagas/" + saga).body())
        .doesNotContain("<script>alert")
        .contains("&lt;script&gt;alert(1)");
  }

  @Test
  void aRepairIsDoneAndTheBrowserIsSentBackToTheSaga() throws Exception {
    var saga = parked("BROKEN_BOX");
    var answer = post(saga, form(saga, "ann", "a new box"));
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location")).hasValue("/console/sagas/" + saga);
    assertThat(BED.state(saga)).isEqualTo("RUNNING");
    assertThat(get("/sagas/" + saga).body()).contains("a new box");
  }

  @ParameterizedTest
  @CsvSource({
    "csrf=\\w+,csrf=,Sec-Fetch-Site,same-origin",
    "csrf=\\w+,csrf=0000,Sec-Fetch-Site,same-origin",
    "csrf=\\w+,nothing=1,Sec-Fetch-Site,same-origin",
    "csrf=(\\w+),csrf=$1,Sec-Fetch-Site,cross-site",
    "csrf=(\\w+),csrf=$1,Sec-Fetch-Site,same-site"
  })
  void aFormThatIsNotOursChangesNothing(String ours, String theirs, String header, String value)
      throws Exception {
    var saga = parked("BROKEN_BOX");
    var form = form(saga, "ann", "a new box").replaceFirst(ours, theirs);
    assertThat(post(saga, form, header, value).statusCode()).isEqualTo(403);
    assertThat(BED.state(saga)).isEqualTo("PARKED");
  }

  @ParameterizedTest
  @ValueSource(strings = {";x/sagas/", "/;x/sagas/", "/sagas;x/", "/./sagas/", "//sagas/"})
  void noSpellingOfThePathPassesTheGuardBy(String spelling) throws Exception {
    var saga = parked("BROKEN_BOX");
    var request =
        request(spelling + saga + "/retry")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("version=1&actor=ann&why=why"));
    try (var other = HttpClient.newHttpClient()) {
      assertThat(other.send(request.build(), BodyHandlers.ofString()).statusCode())
          .isBetween(400, 404);
    }
    assertThat(BED.state(saga)).isEqualTo("PARKED");
  }

  @Test
  void aFormWithoutItsCookieChangesNothing() throws Exception {
    var saga = parked("BROKEN_BOX");
    var form = form(saga, "ann", "a new box");
    var request = request("/sagas/" + saga + "/retry").POST(BodyPublishers.ofString(form));
    request.header("Content-Type", "application/x-www-form-urlencoded");
    try (var other = HttpClient.newHttpClient()) {
      assertThat(other.send(request.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(403);
    }
    assertThat(BED.state(saga)).isEqualTo("PARKED");
  }

  @ParameterizedTest
  @CsvSource({"ann,' '", "' ',why", "ann,''"})
  void nothingIsDoneByNobodyOrForNoReason(String actor, String why) throws Exception {
    var saga = parked("BROKEN_BOX");
    var answer = post(saga, form(saga, actor, why));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Nothing was done.");
    assertThat(BED.state(saga)).isEqualTo("PARKED");
  }

  @Test
  void whoDecidedOnAnOldVersionIsToldInPlainWords() throws Exception {
    var saga = parked("BROKEN_BOX");
    var form = form(saga, "ann", "a new box");
    BED.jdbc.sql("update saga set revision = revision + 1 where id = ?").param(saga).update();
    var answer = post(saga, form);
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("Nothing was done. The saga is at version");
    assertThat(BED.state(saga)).isEqualTo("PARKED");
  }

  @Test
  void onlyWhatPagesAreMadeOfIsServed() throws Exception {
    assertThat(get("/assets/htmx.js").body()).contains("htmx");
    assertThat(get("/assets/console.css").body()).contains("prefers-color-scheme");
    assertThat(get("/assets/..%2Fpages%2Flayout.html").statusCode()).isBetween(400, 404);
    assertThat(get("/assets/layout.html").statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return browser.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(UUID saga, String form, String... headers)
      throws IOException, InterruptedException {
    var request = request("/sagas/" + saga + "/retry").POST(BodyPublishers.ofString(form));
    request.header("Content-Type", "application/x-www-form-urlencoded");
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return browser.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(BED.address() + "/console" + path));
  }

  /** What the browser would send of the saga's page. */
  private String form(UUID saga, String actor, String why)
      throws IOException, InterruptedException {
    var page = get("/sagas/" + saga).body();
    var token = TOKEN.matcher(page);
    assertThat(token.find()).as(page).isTrue();
    var version = page.replaceFirst("(?s).*name=\"version\" value=\"(\\d+)\".*", "$1");
    return "csrf=%s&version=%s&actor=%s&why=%s"
        .formatted(
            token.group(1),
            version,
            URLEncoder.encode(actor, UTF_8),
            URLEncoder.encode(why, UTF_8));
  }

  private static UUID parked(String reason) {
    BED.start();
    BED.deliver(BED.drain().stream().map(Bed::done).toList());
    BED.deliver(Bed.done(BED.take("capture", Direction.ACTION)));
    var shipment = BED.take("ship", Direction.ACTION);
    BED.deliver(refused(shipment, reason));
    return UUID.fromString(shipment.key());
  }
}
