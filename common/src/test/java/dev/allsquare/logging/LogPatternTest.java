package dev.allsquare.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.logging.logback.WhitespaceThrowableProxyConverter;
import org.springframework.core.io.ClassPathResource;

/** The pattern that the services log by. */
class LogPatternTest {

  private static final String FAKE = "2026-01-31T10:00:00.000Z ERROR d.a.Bank : all is lost";

  @Test
  void whatSomebodySentCannotLookLikeALineOfItsOwn() {
    assertThat(logged("no product '\r\n" + FAKE + "\n\n" + FAKE + "'", null).lines())
        .singleElement()
        .asString()
        .contains("no product '", FAKE);
  }

  @Test
  void norCanItInAStackTraceWhoseFramesAreStillLines() {
    var cause = new IllegalStateException("bad key '\n" + FAKE + "\r" + FAKE + "'");
    String logged = logged("broken", new IllegalArgumentException("no\n" + FAKE, cause));

    assertThat(logged.lines())
        .noneMatch(line -> line.startsWith("2026-01-31T10:00:00.000Z ERROR"))
        .anyMatch(line -> line.startsWith("java.lang.IllegalArgumentException: no"))
        .anyMatch(line -> line.startsWith("Caused by: java.lang.IllegalStateException: bad key"))
        .anyMatch(line -> line.startsWith("\tat dev.allsquare.logging.LogPatternTest"));
  }

  @Test
  void idsStandInFront() {
    try (var _ = MDC.putCloseable("sagaId", "0199")) {
      assertThat(logged("is parked", null)).contains(" : sagaId=0199 is parked");
    }
  }

  private static String logged(String message, @Nullable Throwable failure) {
    var context = new LoggerContext();
    context.setMDCAdapter(MDC.getMDCAdapter());
    var layout = new PatternLayout();
    layout.getInstanceConverterMap().put("wEx", WhitespaceThrowableProxyConverter::new);
    layout.setContext(context);
    layout.setPattern(pattern());
    layout.start();
    Logger logger = context.getLogger(LogPatternTest.class);
    return layout.doLayout(
        new LoggingEvent("", logger, Level.WARN, message, failure, new Object[0]));
  }

  private static String pattern() {
    var yaml = new YamlPropertiesFactoryBean();
    yaml.setResources(new ClassPathResource("allsquare-logging.yml"));
    return Objects.requireNonNull(yaml.getObject()).getProperty("logging.pattern.console");
  }
}
