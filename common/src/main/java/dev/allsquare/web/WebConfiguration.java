package dev.allsquare.web;

import dev.allsquare.database.Retention;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** What every REST interface gets: problem details, strict JSON, limits, idempotency keys. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebProperties.class)
@EnableScheduling
public class WebConfiguration {

  /** Of a refused body so much is read and thrown away, that the caller gets to our answer. */
  private static final int SWALLOWED = 32 * 1024 * 1024;

  @Bean
  ProblemAdvice problemAdvice() {
    return new ProblemAdvice();
  }

  @Bean
  ProblemErrorController problemErrorController() {
    return new ProblemErrorController();
  }

  @Bean
  TraceFilter traceFilter() {
    return new TraceFilter();
  }

  @Bean
  BodyLimit bodyLimit() {
    return new BodyLimit();
  }

  @Bean
  WebMvcConfigurer guards(WebProperties properties) {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new LoadShedding(properties.concurrentRequests()));
        registry.addInterceptor(new CleanQuery());
      }
    };
  }

  /** Only what comes in by HTTP is read strictly; the mapper bean stays as Boot made it. */
  @Bean
  @Order(Ordered.LOWEST_PRECEDENCE)
  ServerHttpMessageConvertersCustomizer strictBodies(JsonMapper mapper) {
    return converters ->
        converters.withJsonConverter(new JacksonJsonHttpMessageConverter(StrictJson.from(mapper)));
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsFromTomcat() {
    return tomcat -> {
      tomcat.addContextCustomizers(
          context -> context.getParent().getPipeline().addValve(new ProblemValve()));
      tomcat.addConnectorCustomizers(
          connector -> connector.setProperty("maxSwallowSize", String.valueOf(SWALLOWED)));
    };
  }

  @Bean
  IdempotencyKeys idempotencyKeys(JdbcTemplate jdbc, WebProperties properties) {
    return new IdempotencyKeys(jdbc, properties.keyWait());
  }

  @Bean
  Retention keyRetention(IdempotencyKeys keys, WebProperties properties) {
    return new Retention(
        properties.purgeEvery(), atMost -> keys.purge(properties.keyRetention(), atMost));
  }
}
