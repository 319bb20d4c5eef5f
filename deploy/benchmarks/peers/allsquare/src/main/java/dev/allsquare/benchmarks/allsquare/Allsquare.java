package dev.allsquare.benchmarks.allsquare;

import dev.allsquare.benchmarks.kit.Event;
import dev.allsquare.benchmarks.kit.OutboxPeer;
import dev.allsquare.benchmarks.kit.OutboxRun;
import dev.allsquare.benchmarks.kit.Setup;
import dev.allsquare.message.Message;
import dev.allsquare.message.Uuid7;
import dev.allsquare.outbox.Outbox;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionTemplate;

/** Rows of the transaction, relayed by one process or by two. */
public final class Allsquare implements OutboxPeer {

  /** A service with an outbox, and nothing else. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Service {}

  private final String topic;
  private final List<ConfigurableApplicationContext> services = new ArrayList<>();
  private final Outbox outbox;
  private final TransactionTemplate transactions;
  private final DataSource dataSource;

  private Allsquare(Setup setup) {
    this.topic = setup.text("topic");
    for (int i = 0; i < setup.number("relays", 1); i++) {
      services.add(start(setup));
    }
    var first = services.getFirst();
    this.outbox = first.getBean(Outbox.class);
    this.transactions = first.getBean(TransactionTemplate.class);
    this.dataSource = first.getBean(DataSource.class);
  }

  public static void main(String[] args) throws Exception {
    OutboxRun.main(args, Allsquare::new);
  }

  private static ConfigurableApplicationContext start(Setup setup) {
    return new SpringApplicationBuilder(Service.class)
        .web(WebApplicationType.NONE)
        .properties(
            "spring.application.name=benchmark",
            "spring.main.banner-mode=off",
            "spring.jmx.enabled=false",
            "logging.level.root=warn",
            "spring.datasource.url=" + setup.jdbcUrl(),
            "spring.kafka.bootstrap-servers=" + setup.kafka())
        .run();
  }

  @Override
  public void publish(List<Event> events) {
    transactions.executeWithoutResult(
        transaction -> {
          var connection = DataSourceUtils.getConnection(dataSource);
          try {
            Event.book(connection, events);
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
          }
          outbox.append(events.stream().map(this::message).toList());
        });
  }

  private Message message(Event event) {
    var now = Instant.now();
    return new Message(
        Uuid7.next(now),
        topic,
        event.key(),
        "bench.booked.v1",
        "benchmark",
        null,
        now,
        event.json(),
        null,
        null,
        null);
  }

  @Override
  public void startRelaying() {
    relays().filter(relay -> !relay.isRunning()).forEach(SmartLifecycle::start);
  }

  @Override
  public void stopRelaying() {
    relays().forEach(SmartLifecycle::stop);
  }

  /** The relay's class is hidden; its name is not. */
  private Stream<SmartLifecycle> relays() {
    return services.stream()
        .flatMap(service -> service.getBeansOfType(SmartLifecycle.class).values().stream())
        .filter(bean -> bean.getClass().getSimpleName().equals("RelayLoop"));
  }

  @Override
  public void close() {
    services.forEach(ConfigurableApplicationContext::close);
  }
}
