package dev.allsquare.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allsquare.message.Message;
import dev.allsquare.testing.Messaging;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;

/** With JPA, a message's fault may show at commit; it is that message's all the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JpaFailuresTest {

  @Configuration(proxyBeanMethods = false)
  static class Jpa {

    @Bean
    LocalContainerEntityManagerFactoryBean entityManagerFactory(DataSource dataSource) {
      var factory = new LocalContainerEntityManagerFactoryBean();
      factory.setDataSource(dataSource);
      factory.setManagedTypes(PersistenceManagedTypes.of(Shelf.class.getName()));
      var hibernate = new HibernateJpaVendorAdapter();
      hibernate.setGenerateDdl(true);
      factory.setJpaVendorAdapter(hibernate);
      return factory;
    }

    @Bean
    PlatformTransactionManager transactionManager(EntityManagerFactory factory) {
      return new JpaTransactionManager(factory);
    }
  }

  /** Does to each event of the batch what the test says. */
  private final class Shelves implements MessageHandler {

    private final BiConsumer<EntityManager, Message> action;
    private final List<Integer> batches = new ArrayList<>();

    Shelves(BiConsumer<EntityManager, Message> action) {
      this.action = action;
    }

    @Override
    public String topic() {
      return Recorder.TOPIC;
    }

    @Override
    public void handle(List<Message> batch) {
      batches.add(batch.size());
      batch.forEach(it -> action.accept(entities, it));
    }
  }

  private Messaging messaging;
  private EntityManager entities;

  @BeforeAll
  void open() {
    messaging = new Messaging(JpaFailuresTest::register);
    entities =
        SharedEntityManagerCreator.createSharedEntityManager(
            messaging.bean(EntityManagerFactory.class));
  }

  private static void register(AnnotationConfigApplicationContext context) {
    context.register(Jpa.class);
  }

  @BeforeEach
  void clean() {
    messaging.jdbc().sql("truncate shelf, dead_letter, outbox").update();
  }

  @AfterAll
  void close() {
    messaging.close();
  }

  private void process(MessageHandler handler, List<Message> batch) {
    messaging.bean(BatchProcessor.class).process(handler, batch);
  }

  private int count(String table) {
    return messaging.jdbc().sql("select count(*) from " + table).query(Integer.class).single();
  }

  @Test
  void aConstraintThatTheCommitFindsViolatedBuriesItsMessageAlone() {
    var shelves = new Shelves((jpa, it) -> jpa.persist(new Shelf(it.id(), it.payload())));

    process(shelves, Recorder.events("k", "a", "b", "a", "c"));

    assertThat(count("shelf")).isEqualTo(3);
    assertThat(count("dead_letter")).isOne();
  }

  @Test
  void anAggregateThatSomebodyElseChangedMeanwhileIsLoadedAgain() {
    var id = new UUID(0, 1);
    messaging.transaction().executeWithoutResult(_ -> entities.persist(new Shelf(id, "old")));
    var shelves = new Shelves((jpa, it) -> rename(jpa.find(Shelf.class, id), it.payload()));

    process(shelves, Recorder.events("k", "new"));

    assertThat(shelves.batches).hasSize(2);
    assertThat(count("shelf where name = 'new'")).isOne();
    assertThat(count("dead_letter")).isZero();
  }

  /** The first time, somebody else commits in between, on a connection of their own. */
  private void rename(Shelf shelf, String name) {
    if (shelf.version() == 0) {
      onAnotherConnection("update shelf set version = version + 1, name = 'theirs'");
    }
    shelf.rename(name);
  }

  @Test
  void aConnectionThatIsLostBeforeTheFlushBuriesNothing() {
    var lost = new ArrayList<String>();
    var shelves =
        new Shelves(
            (jpa, it) -> {
              jpa.persist(new Shelf(it.id(), it.payload()));
              if (lost.isEmpty()) {
                lost.add(it.payload());
                int pid =
                    (Integer) jpa.createNativeQuery("select pg_backend_pid()").getSingleResult();
                onAnotherConnection("select pg_terminate_backend(" + pid + ", 10000)");
              }
            });
    List<Message> batch = Recorder.events("k", "a", "b");

    assertThatThrownBy(() -> process(shelves, batch)).isInstanceOf(RuntimeException.class);
    assertThat(shelves.batches).containsExactly(2);
    assertThat(count("dead_letter")).isZero();

    process(shelves, batch);
    assertThat(count("shelf")).isEqualTo(2);
  }

  private void onAnotherConnection(String sql) {
    try (var connection = messaging.dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
