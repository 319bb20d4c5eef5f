package dev.allsquare.autoconfigure;

import dev.allsquare.outbox.OutboxConfiguration;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** An outbox for every service with a database; its relay where there is something to send with. */
@AutoConfiguration(after = {DataSourceAutoConfiguration.class, MessagingAutoConfiguration.class})
@ConditionalOnBean(DataSource.class)
@Import(OutboxConfiguration.class)
class OutboxAutoConfiguration {

  /** As fine as PostgreSQL keeps time, so that nobody is told a time that is never read again. */
  @Bean
  @ConditionalOnMissingBean
  Clock clock() {
    return Clock.tick(Clock.systemUTC(), ChronoUnit.MICROS.getDuration());
  }
}
