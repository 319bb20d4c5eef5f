package dev.allsquare.order;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Stands in for inventory-service's products over HTTP, and for both participants' records. */
public final class StubInventory
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  private static final Map<String, String> PRICES = new ConcurrentHashMap<>();
  private static final List<String> ASKED = new CopyOnWriteArrayList<>();
  private static final HttpServer SERVER = start();
  private static volatile boolean reachable = true;
  private static volatile CountDownLatch answering = new CountDownLatch(0);

  static {
    sells("TEA-001", "12.50", "EUR");
    sells("CUP-002", "8.00", "EUR");
    sells("MAT-004", "1200", "JPY");
  }

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    TestPropertyValues.of(
            "allsquare.inventory.url=" + url(),
            "allsquare.payment.url=" + url(),
            "allsquare.inventory.management-url=" + url() + StubManagement.INVENTORY.path(),
            "allsquare.payment.management-url=" + url() + StubManagement.PAYMENT.path())
        .applyTo(context);
  }

  public static String url() {
    return "http://localhost:" + SERVER.getAddress().getPort();
  }

  public static void sells(String sku, String amount, String currency) {
    PRICES.put(
        sku,
        """
        {"sku":"%s","name":"%s","price":{"amount":"%s","currency":"%s"},
         "onHand":5,"reserved":0,"available":5}\
        """
            .formatted(sku, sku, amount, currency));
  }

  /** What was asked for this product so far. */
  public static long asked(String sku) {
    return ASKED.stream().filter(("/products/" + sku)::equals).count();
  }

  /** Connections are dropped without an answer until {@link #back}. */
  public static void vanish() {
    reachable = false;
  }

  public static void back() {
    reachable = true;
  }

  /** Answers wait until the latch opens. */
  public static void answerAfter(CountDownLatch latch) {
    answering = latch;
  }

  private static HttpServer start() {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/products/", StubInventory::answer);
      server.createContext(StubManagement.INVENTORY.path(), StubManagement.INVENTORY);
      server.createContext(StubManagement.PAYMENT.path(), StubManagement.PAYMENT);
      server.createContext("/payment", StubRecords.PAYMENTS);
      server.createContext("/reservation", StubRecords.RESERVATIONS);
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    ASKED.add(path);
    try (exchange) {
      answering.await();
      if (reachable) {
        var body = PRICES.get(path.substring("/products/".length()));
        var bytes = (body == null ? "{}" : body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(body == null ? 404 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
