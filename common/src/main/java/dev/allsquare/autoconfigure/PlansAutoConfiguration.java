package dev.allsquare.autoconfigure;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Makes PostgreSQL plan each statement once per connection, and through an index, whatever size the
 * tables have at that moment. To parse and plan a statement for one message costs twice what it
 * takes to run it; and a plan that is kept must not be one that was made for an empty table and
 * scans a backlog of a million rows from end to end.
 *
 * <p>A pool whose data source properties have {@code options} keeps those. Whoever uses another
 * pool than Hikari sets the same two on its connections.
 */
@AutoConfiguration
@ConditionalOnClass(HikariDataSource.class)
class PlansAutoConfiguration {

  static final String OPTIONS = "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off";

  @Bean
  static BeanPostProcessor stablePlans() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool) {
          pool.getDataSourceProperties().putIfAbsent("options", OPTIONS);
        }
        return bean;
      }
    };
  }
}
