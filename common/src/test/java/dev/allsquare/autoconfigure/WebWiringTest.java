package dev.allsquare.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import dev.allsquare.web.IdempotencyKeys;
import dev.allsquare.web.WebProperties;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class WebWiringTest {

  private static final AutoConfigurations OURS =
      AutoConfigurations.of(WebAutoConfiguration.class, JacksonAutoConfiguration.class);

  private final WebApplicationContextRunner service =
      new WebApplicationContextRunner()
          .withConfiguration(OURS)
          .withBean(JdbcTemplate.class, () -> mock(JdbcTemplate.class));

  @Test
  void aServiceWithADatabaseGetsOurHabits() {
    service
        .withPropertyValues("allsquare.web.key-retention=3d")
        .run(
            context -> {
              assertThat(context).hasSingleBean(IdempotencyKeys.class);
              var settings = context.getBean(WebProperties.class);
              assertThat(settings.keyRetention()).isEqualTo(Duration.ofDays(3));
              assertThat(settings.keyWait()).isEqualTo(Duration.ofSeconds(1));
            });
  }

  @Test
  void whatIsNoServiceOrHasNoDatabaseGetsNothing() {
    new ApplicationContextRunner()
        .withConfiguration(OURS)
        .withBean(JdbcTemplate.class, () -> mock(JdbcTemplate.class))
        .run(context -> assertThat(context).doesNotHaveBean(IdempotencyKeys.class));
    new WebApplicationContextRunner()
        .withConfiguration(OURS)
        .run(context -> assertThat(context).doesNotHaveBean(IdempotencyKeys.class));
  }

  @Test
  void theMapperOfMessagesStaysLenient() {
    service.run(
        context ->
            assertThat(context.getBean(JsonMapper.class).deserializationConfig())
                .matches(it -> !it.isEnabled(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)));
  }
}
