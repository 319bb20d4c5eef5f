package dev.allsquare.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(
    classes = ShopApplication.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "allsquare.web.concurrent-requests=1")
class LoadSheddingTest {

  private static final String ORDER =
      "{\"customerId\":\"alice\",\"lines\":[{\"sku\":\"TEA\",\"quantity\":1}]}";

  private final HttpClient http = HttpClient.newHttpClient();

  @LocalServerPort private int port;

  @Test
  void whoFindsNoRoomIsToldToComeBackAndThenIsServed() throws Exception {
    try (var slow = new Socket("localhost", port)) {
      begin(slow);
      await().until(() -> post().statusCode() == 503);
      var refused = post();
      assertThat(refused.body()).contains("problems/overloaded", "Nothing was done");
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
      end(slow);
      await().until(() -> post().statusCode() == 200);
    }
  }

  @Test
  void whoIsRefusedForAnotherReasonLeavesRoomBehind() throws Exception {
    assertThat(post("{}").statusCode()).isEqualTo(400);
    assertThat(post().statusCode()).isEqualTo(200);
  }

  /** A customer who is slow to tell what is wanted: all but the last byte of the body. */
  private static void begin(Socket slow) throws IOException {
    write(
        slow,
        "POST /shop/orders HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nContent-Length: "
            + ORDER.length()
            + "\r\n\r\n"
            + ORDER.substring(0, ORDER.length() - 1));
  }

  private static void end(Socket slow) throws IOException {
    write(slow, ORDER.substring(ORDER.length() - 1));
    slow.getInputStream().read();
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private HttpResponse<String> post() throws Exception {
    return post(ORDER);
  }

  private HttpResponse<String> post(String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/shop/orders"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }
}
