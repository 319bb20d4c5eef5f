package dev.allsquare.order;

import dev.allsquare.testing.CountedStatements;
import dev.allsquare.testing.RealInfrastructure;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/**
 * The whole service over HTTP, on a real PostgreSQL and a real Kafka. All such tests share one
 * context: two would take each other's messages off the topics.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "management.server.port=0",
      "allsquare.placing.step-timeout=5s",
      "allsquare.cancelling.step-timeout=5s",
      "allsquare.saga.resend=1s"
    })
@ContextConfiguration(initializers = {RealInfrastructure.class, StubInventory.class})
@Import({ScriptedParticipants.class, OrderClient.class, CountedStatements.class})
public @interface OrderServiceTest {}
