package dev.allsquare.operator;

import dev.allsquare.inbox.DeadLetterRepairs;
import dev.allsquare.outbox.ParkedKeyRepairs;
import dev.allsquare.saga.SagaRepairs;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The beans of the management port; each repair is there where what it repairs is shown. */
@Configuration(proxyBeanMethods = false)
public class OperatorConfiguration {

  @Bean
  Audit operatorAudit(JdbcClient jdbc, PlatformTransactionManager transactions) {
    return new Audit(jdbc, new TransactionTemplate(transactions));
  }

  @Bean
  @ConditionalOnBean(SagaRepairs.class)
  SagaRepairsController sagaRepairsController(SagaRepairs repairs, Audit audit) {
    return new SagaRepairsController(repairs, audit);
  }

  @Bean
  @ConditionalOnBean(DeadLetterRepairs.class)
  DeadLettersController deadLettersController(DeadLetterRepairs repairs, Audit audit) {
    return new DeadLettersController(repairs, audit);
  }

  @Bean
  @ConditionalOnBean(ParkedKeyRepairs.class)
  ParkedKeysController parkedKeysController(ParkedKeyRepairs repairs, Audit audit) {
    return new ParkedKeysController(repairs, audit);
  }
}
