package dev.allsquare.payment;

import dev.allsquare.contract.order.Orders;
import dev.allsquare.contract.payment.Payment;
import dev.allsquare.inbox.MessageHandler;
import dev.allsquare.testing.CountedStatements;
import dev.allsquare.testing.Mailroom;
import dev.allsquare.testing.Rest;
import dev.allsquare.testing.Sagas;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Who calls the service, and who listens to it. */
@TestConfiguration(proxyBeanMethods = false)
@Import({CountedStatements.class, Rest.class, Mailroom.class, Bank.class})
class Surroundings {

  @Bean
  Sagas sagas(BeanFactory beans) {
    return new Sagas(beans, Payment.COMMANDS, Payment.EVENTS);
  }

  @Bean
  MessageHandler repliesReader(Mailroom mailroom) {
    return mailroom.reads(Orders.REPLIES);
  }

  @Bean
  MessageHandler eventsReader(Mailroom mailroom) {
    return mailroom.reads(Payment.EVENTS);
  }
}
