package dev.allsquare.console;

import java.io.IOException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The beans of the console. Pages and what they need are made when somebody looks. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConsoleProperties.class)
public class ConsoleConfiguration {

  private static final String HTMX = "META-INF/resources/webjars/htmx.org/";

  @Bean
  ConsoleGuard consoleGuard() {
    return new ConsoleGuard();
  }

  @Bean
  @Lazy
  Pages consolePages(Environment environment) {
    return new Pages(environment.getProperty("spring.application.name", "application"));
  }

  @Bean
  @Lazy
  Services consoleServices(Environment environment, ConsoleProperties settings) {
    return new Services(environment, settings);
  }

  @Bean
  @Lazy
  OverviewController consoleOverview(Pages pages, Services services) {
    return new OverviewController(pages, services);
  }

  @Bean
  @Lazy
  SagasController consoleSagas(Pages pages, Services services) {
    return new SagasController(pages, services);
  }

  @Bean
  @Lazy
  DeadLettersController consoleDeadLetters(Pages pages, Services services) {
    return new DeadLettersController(pages, services);
  }

  @Bean
  @Lazy
  BooksController consoleBooks(Pages pages, Services services) throws IOException {
    return new BooksController(pages, services, htmx());
  }

  /** Its path holds its version. */
  private static String htmx() throws IOException {
    var found =
        new PathMatchingResourcePatternResolver()
            .getResources("classpath*:" + HTMX + "*/dist/htmx.min.js");
    var url = found[0].getURL().toString();
    return url.substring(url.indexOf(HTMX));
  }
}
