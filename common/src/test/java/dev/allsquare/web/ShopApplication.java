package dev.allsquare.web;

import dev.allsquare.contract.Money;
import dev.allsquare.testing.TestPostgres;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.HttpEncodingAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** A little shop with our REST habits and nothing else of ours. */
@SpringBootConfiguration
@ImportAutoConfiguration({
  TomcatServletWebServerAutoConfiguration.class,
  DispatcherServletAutoConfiguration.class,
  WebMvcAutoConfiguration.class,
  ErrorMvcAutoConfiguration.class,
  HttpEncodingAutoConfiguration.class,
  HttpMessageConvertersAutoConfiguration.class,
  JacksonAutoConfiguration.class,
  JdbcTemplateAutoConfiguration.class,
  ValidationAutoConfiguration.class
})
@Import({WebConfiguration.class, ShopApplication.Shop.class})
class ShopApplication {

  @Bean
  DataSource dataSource() {
    var dataSource = new DriverManagerDataSource(TestPostgres.newDatabase());
    new ResourceDatabasePopulator(
            new ClassPathResource("db/allsquare/messaging/V3__idempotency_keys.sql"))
        .execute(dataSource);
    return dataSource;
  }

  @Bean
  JdbcTransactionManager transactionManager(DataSource dataSource) {
    return new JdbcTransactionManager(dataSource);
  }

  enum Size3 {
    SMALL,
    LARGE
  }

  record Line(@NotNull String sku, @Min(1) @Max(10_000) int quantity) {}

  record Order(
      @NotNull @Size(min = 1, max = 20) String customerId,
      @NotEmpty @Size(max = 100) List<@Valid Line> lines,
      @Nullable Long points,
      @Nullable Boolean gift,
      @Nullable Size3 size,
      @Nullable Money tip,
      @Nullable Map<String, String> labels) {}

  @RestController
  @RequestMapping("/shop")
  static class Shop {

    @PostMapping("/orders")
    Order order(@Valid @RequestBody Order order) {
      return order;
    }

    @GetMapping("/orders/{id}")
    String one(@PathVariable UUID id) {
      throw new Problem(HttpStatus.NOT_FOUND, "order-unknown", "There is no order " + id + ".");
    }

    @GetMapping("/orders")
    Page<String> list(
        @RequestParam String customerId,
        @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit) {
      return new Page<>(List.of(customerId, String.valueOf(limit)), null);
    }

    @GetMapping("/products/{sku}")
    String product(@PathVariable String sku, @RequestHeader("X-Caller") String caller) {
      return sku + caller;
    }

    @GetMapping("/broken/{how}")
    SseEmitter broken(@PathVariable String how) throws SQLException {
      throw switch (how) {
        case "pool" ->
            new org.springframework.transaction.CannotCreateTransactionException("no connection");
        case "lost" -> new IllegalStateException(new SQLException("terminated", "57P01"));
        case "slow" -> new QueryTimeoutException("slow");
        default -> new IllegalStateException("secret of dev.allsquare.Shop");
      };
    }
  }
}
