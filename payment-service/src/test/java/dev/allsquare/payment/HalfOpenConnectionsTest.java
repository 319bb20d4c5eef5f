package dev.allsquare.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allsquare.contract.payment.Payment;
import dev.allsquare.message.Message;
import dev.allsquare.message.Uuid7;
import dev.allsquare.outbox.Outbox;
import dev.allsquare.testing.RealInfrastructure;
import dev.allsquare.testing.Rest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.io.FileSystemResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.support.TransactionTemplate;

/** A database that is gone without a word, and whose successor is there already. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "management.server.port=0",
      "spring.datasource.hikari.data-source-properties.socketTimeout=2"
    })
@ContextConfiguration(initializers = HalfOpenConnectionsTest.OverALine.class)
@Import(Rest.class)
@DirtiesContext
class HalfOpenConnectionsTest {

  private static final String PROPERTIES = "spring.datasource.hikari.data-source-properties.";
  private static final String DIRECT = "test.direct-url";

  @Autowired private Rest rest;
  @Autowired private Outbox outbox;
  @Autowired private TransactionTemplate transaction;
  @Autowired private Line line;
  @Autowired private Environment environment;

  static final class OverALine
      implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
      new RealInfrastructure().initialize(context);
      String direct = context.getEnvironment().getRequiredProperty("spring.datasource.url");
      int port = URI.create(direct.substring("jdbc:".length())).getPort();
      var line = new Line(port);
      var beans = (DefaultSingletonBeanRegistry) context.getBeanFactory();
      beans.registerSingleton("line", line);
      beans.registerDisposableBean("line", line::close);
      TestPropertyValues.of(
              Map.of(
                  DIRECT,
                  direct,
                  "spring.datasource.url",
                  direct.replace(":" + port + "/", ":" + line.port() + "/")))
          .applyTo(context);
    }
  }

  @Test
  void neitherTheRelayNorARequestWaitsForItForLong() {
    var direct =
        new JdbcTemplate(new DriverManagerDataSource(environment.getRequiredProperty(DIRECT)));
    send();
    await().until(() -> isSent(direct));

    line.cut();

    await().atMost(Duration.ofSeconds(20)).until(() -> rest.get("/wallets/nobody").status() == 404);
    send();
    await().atMost(Duration.ofSeconds(20)).until(() -> isSent(direct));
  }

  /** What the service sets itself, beside the two seconds that keep this test short. */
  @Test
  void everyPoolHasALimit() throws IOException {
    for (var service : List.of("order", "payment", "inventory")) {
      var settings =
          new YamlPropertySourceLoader()
              .load(
                  service,
                  new FileSystemResource(
                      "../" + service + "-service/src/main/resources/application.yml"))
              .getFirst();
      assertThat(settings.getProperty(PROPERTIES + "socketTimeout")).isEqualTo(30);
      assertThat(settings.getProperty(PROPERTIES + "tcpKeepAlive")).isEqualTo(true);
    }
  }

  private static boolean isSent(JdbcTemplate direct) {
    return direct.query("select 1 from outbox", (_, _) -> 1).isEmpty();
  }

  private void send() {
    var now = Instant.now();
    var id = Uuid7.next(now);
    var event =
        new Message(
            id,
            Payment.EVENTS,
            id.toString(),
            "test.event.v1",
            "test",
            null,
            now,
            "{}",
            null,
            null,
            null);
    transaction.executeWithoutResult(_ -> outbox.append(List.of(event)));
  }
}
