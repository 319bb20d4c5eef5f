package dev.allsquare.participant;

import dev.allsquare.inbox.Inbox;
import dev.allsquare.outbox.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes a message handler of every {@link Participant} bean. */
@Configuration(proxyBeanMethods = false)
public class ParticipantConfiguration {

  /**
   * Registers {@code <participant>CommandHandler} for every participant, however many there are.
   */
  @Bean
  static BeanFactoryPostProcessor commandHandlers() {
    return beans -> {
      for (String name : beans.getBeanNamesForType(Participant.class, true, false)) {
        var handler =
            BeanDefinitionBuilder.rootBeanDefinition(
                CommandHandler.class, () -> commandHandler(beans, name));
        ((BeanDefinitionRegistry) beans)
            .registerBeanDefinition(name + "CommandHandler", handler.getBeanDefinition());
      }
    };
  }

  private static CommandHandler<?> commandHandler(
      ConfigurableListableBeanFactory beans, String name) {
    Participant<?> participant = beans.getBean(name, Participant.class);
    Mail mail = beans.getBean(Mail.class);
    mail.countDuplicatesOf(participant.topic());
    return new CommandHandler<>(
        participant, beans.getBean(Inbox.class), beans.getBean(Records.class), mail);
  }

  @Bean
  Records participantRecords(JdbcClient jdbc) {
    return new Records(jdbc);
  }

  @Bean
  Mail participantMail(
      Outbox outbox,
      ObjectProvider<MeterRegistry> meters,
      Clock clock,
      @Value("${spring.application.name:application}") String source) {
    return new Mail(
        new Replies(clock, source), outbox, meters.getIfUnique(() -> Metrics.globalRegistry));
  }

  @Bean
  LateAnswers lateAnswers(JdbcClient jdbc, Mail mail) {
    return new LateAnswers(jdbc, mail);
  }
}
