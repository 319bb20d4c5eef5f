package dev.allsquare.operator;

import dev.allsquare.inbox.DeadLetterRepairs;
import dev.allsquare.inbox.DeadLetterSelection;
import dev.allsquare.outbox.ParkedKeyRepairs;
import dev.allsquare.saga.ParkedSagas;
import dev.allsquare.saga.SagaDrawings;
import dev.allsquare.saga.SagaRepairs;
import dev.allsquare.saga.SagaStatistics;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The beans of the management port; each repair is there where what it repairs is shown. */
@Configuration(proxyBeanMethods = false)
public class OperatorConfiguration {

  private static final Set<Class<?>> NAMED =
      Set.of(
          SagaBulkController.class, SagaOverviewController.class, DeadLetterBulkController.class);

  @Bean
  Audit operatorAudit(JdbcClient jdbc, PlatformTransactionManager transactions) {
    return new Audit(jdbc, new TransactionTemplate(transactions));
  }

  @Bean
  @ConditionalOnBean(SagaRepairs.class)
  SagaDeeds sagaDeeds(SagaRepairs repairs, Audit audit) {
    return new SagaDeeds(repairs, audit);
  }

  @Bean
  @ConditionalOnBean(SagaDeeds.class)
  SagaRepairsController sagaRepairsController(SagaDeeds deeds) {
    return new SagaRepairsController(deeds);
  }

  @Bean
  @ConditionalOnBean(SagaDeeds.class)
  SagaBulkController sagaBulkController(BulkRepairs bulk, ParkedSagas sagas) {
    return new SagaBulkController(bulk, sagas);
  }

  @Bean
  @ConditionalOnBean(SagaDeeds.class)
  SagaOverviewController sagaOverviewController(SagaDrawings drawings, SagaStatistics statistics) {
    return new SagaOverviewController(drawings, statistics);
  }

  @Bean
  @ConditionalOnBean(DeadLetterRepairs.class)
  DeadLetterDeeds deadLetterDeeds(DeadLetterRepairs repairs, Audit audit) {
    return new DeadLetterDeeds(repairs, audit);
  }

  @Bean
  @ConditionalOnBean(DeadLetterDeeds.class)
  DeadLettersController deadLettersController(DeadLetterDeeds deeds) {
    return new DeadLettersController(deeds);
  }

  @Bean
  @ConditionalOnBean(DeadLetterDeeds.class)
  DeadLetterBulkController deadLetterBulkController(BulkRepairs bulk, DeadLetterSelection letters) {
    return new DeadLetterBulkController(bulk, letters);
  }

  @Bean
  BulkJobs bulkJobs(JdbcClient jdbc) {
    return new BulkJobs(jdbc);
  }

  @Bean
  BulkRepairs bulkRepairs(BulkJobs jobs, PlatformTransactionManager transactions) {
    return new BulkRepairs(jobs, new TransactionTemplate(transactions));
  }

  @Bean
  @ConditionalOnBean(Deeds.class)
  BulkLoop bulkLoop(
      BulkJobs jobs, ObjectProvider<Deeds> deeds, PlatformTransactionManager transactions) {
    var worker =
        new BulkWorker(jobs, deeds.orderedStream().toList(), new TransactionTemplate(transactions));
    return new BulkLoop(worker::step);
  }

  /**
   * Endpoints look at paths before controllers do, and take the names of ours for ids; so these
   * controllers are asked before them.
   */
  @Bean
  RequestMappingHandlerMapping namesBeforeIds() {
    var mapping =
        new RequestMappingHandlerMapping() {
          @Override
          protected boolean isHandler(Class<?> beanType) {
            return NAMED.contains(beanType);
          }
        };
    mapping.setOrder(-200);
    return mapping;
  }

  @Bean
  @ConditionalOnBean(ParkedKeyRepairs.class)
  ParkedKeysController parkedKeysController(ParkedKeyRepairs repairs, Audit audit) {
    return new ParkedKeysController(repairs, audit);
  }
}
