package dev.allsquare.benchmarks.kit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.HashMap;
import java.util.Map;

/** What a contender's program is told: {@code name=value}, one an argument. */
public record Setup(Map<String, String> settings) {

  static Setup of(String[] args) {
    var settings = new HashMap<String, String>();
    for (var argument : args) {
      var parts = argument.split("=", 2);
      settings.put(parts[0], parts[1]);
    }
    return new Setup(settings);
  }

  public String text(String name) {
    var value = settings.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + "= is missing");
    }
    return value;
  }

  public int number(String name, int otherwise) {
    var value = settings.get(name);
    return value == null ? otherwise : Integer.parseInt(value);
  }

  public boolean is(String name) {
    return Boolean.parseBoolean(settings.get(name));
  }

  /** User and password are part of it. */
  public String jdbcUrl() {
    return text("jdbc");
  }

  public String kafka() {
    return text("kafka");
  }

  /** A pool of that many connections at most, with the driver's defaults. */
  public HikariDataSource pool(int size) {
    var config = new HikariConfig();
    config.setJdbcUrl(jdbcUrl());
    config.setMaximumPoolSize(size);
    return new HikariDataSource(config);
  }
}
