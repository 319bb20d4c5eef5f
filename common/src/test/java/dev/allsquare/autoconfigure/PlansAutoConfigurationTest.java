package dev.allsquare.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.allsquare.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;

class PlansAutoConfigurationTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  PlansAutoConfiguration.class, DataSourceAutoConfiguration.class))
          .withPropertyValues("spring.datasource.url=" + withoutOptions());

  @Test
  void plansAreKeptAndNeverScanATable() {
    runner.run(
        context -> {
          var jdbc = new JdbcTemplate(context.getBean(HikariDataSource.class));
          assertThat(show(jdbc, "plan_cache_mode")).isEqualTo("force_generic_plan");
          assertThat(show(jdbc, "enable_seqscan")).isEqualTo("off");
        });
  }

  @Test
  void whatAServiceSaysItselfStays() {
    runner
        .withPropertyValues(
            "spring.datasource.hikari.data-source-properties.options=-c enable_seqscan=on")
        .run(
            context ->
                assertThat(
                        show(
                            new JdbcTemplate(context.getBean(HikariDataSource.class)),
                            "plan_cache_mode"))
                    .isEqualTo("auto"));
  }

  private static String show(JdbcTemplate jdbc, String setting) {
    return String.valueOf(jdbc.queryForObject("show " + setting, String.class));
  }

  private static String withoutOptions() {
    return TestPostgres.newDatabase().replaceAll("&options=[^&]*", "");
  }
}
