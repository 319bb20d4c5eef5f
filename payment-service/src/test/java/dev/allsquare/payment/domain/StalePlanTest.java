package dev.allsquare.payment.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.payment.Bank;
import dev.allsquare.payment.WholeService;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** PostgreSQL looked when there were few wallets; a plan made then must not cost more with many. */
@WholeService
class StalePlanTest {

  private static final int MANY = 20_000;

  @Autowired private Bank bank;
  @Autowired private Wallets wallets;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private TransactionTemplate transactions;

  @AfterEach
  void forget() {
    jdbc.update("delete from wallet where customer_id like 'stale plan %'");
  }

  @Test
  void aLockReadsItsOwnWalletsAndNoOthers() {
    var ids =
        Stream.generate(() -> new WalletId(bank.customer("2.00 EUR"), "EUR")).limit(3).toList();
    jdbc.execute("analyze wallet");
    lock(ids, 10);
    jdbc.update(
        """
        insert into wallet (customer_id, currency, available, held, opened_at, version)
        select 'stale plan ' || n, 'EUR', 0, 0, now(), 0 from generate_series(1, ?) n
        """,
        MANY);
    long before = rowsReadByKey();

    lock(ids, 5);

    assertThat(rowsReadByKey() - before).isPositive().isLessThan(MANY / 10);
  }

  private void lock(List<WalletId> ids, int times) {
    for (int n = 0; n < times; n++) {
      transactions.executeWithoutResult(_ -> assertThat(wallets.locked(ids)).hasSize(3));
    }
  }

  private long rowsReadByKey() {
    jdbc.execute("select pg_stat_force_next_flush()");
    jdbc.execute("select pg_stat_clear_snapshot()");
    return jdbc.query(
            "select idx_tup_read from pg_stat_user_indexes where indexrelname = 'wallet_pkey'",
            (row, _) -> row.getLong(1))
        .getFirst();
  }
}
