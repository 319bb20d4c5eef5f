package dev.allsquare.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.CannotCreateTransactionException;

/** 503 is for what passes by itself; anything else is a fault, and 500. */
class OutagesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "08006", "40001", "40P01", "53300", "57P01", "58030", "55P03", "25006", "25P03", "25P04"
      })
  void aDatabaseThatIsInTrouble(String state) {
    assertThat(Outages.isOutage(wrapped(new SQLException("it", state)))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"22001", "23505", "23514", "25P02", "42601", "42501", "XX000"})
  void aStatementThatIsWrong(String state) {
    assertThat(Outages.isOutage(wrapped(new SQLException("it", state)))).isFalse();
  }

  @ParameterizedTest
  @MethodSource
  void outages(Exception failure) {
    assertThat(Outages.isOutage(wrapped(failure))).isTrue();
  }

  static Exception[] outages() {
    return new Exception[] {
      new SQLTransientConnectionException("the pool is empty"),
      new SQLRecoverableException("it"),
      new SQLException("Connection is closed"),
      new QueryTimeoutException("it"),
      new CannotCreateTransactionException("it")
    };
  }

  @ParameterizedTest
  @MethodSource
  void faults(Exception failure) {
    assertThat(Outages.isOutage(wrapped(failure))).isFalse();
  }

  static Exception[] faults() {
    return new Exception[] {
      new SQLException("it"), new DataIntegrityViolationException("it"), new NullPointerException()
    };
  }

  private static RuntimeException wrapped(Exception failure) {
    return new IllegalStateException(failure);
  }
}
