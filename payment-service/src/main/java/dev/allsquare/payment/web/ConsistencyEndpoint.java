package dev.allsquare.payment.web;

import dev.allsquare.database.WholeTables;
import java.util.List;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/** Audits the books. One statement, hence one snapshot of them; it reads all of them. */
@Component
@Endpoint(id = "consistency")
class ConsistencyEndpoint {

  private static final String AUDIT =
      """
      with account as (
        select customer_id, currency,
          coalesce(sum(minor) filter (where account = 'AVAILABLE'), 0) as available,
          coalesce(sum(minor) filter (where account = 'HELD'), 0) as held
        from ledger_entry where customer_id is not null group by 1, 2),
      paid as (
        select payment_id as id,
          coalesce(sum(minor) filter (where account = 'HELD'), 0) as held,
          coalesce(sum(minor) filter (where account = 'MERCHANT'), 0) as earned
        from ledger_entry where payment_id is not null group by 1),
      authorized as (
        select customer_id, currency, sum(minor) as held
        from payment where state = 'AUTHORIZED' group by 1, 2)
      select 'the ledger sums to zero' as rule, currency as subject
      from ledger_entry group by currency having sum(minor) <> 0
      union all
      select 'a movement has two sides that cancel out', movement_id::text
      from ledger_entry group by movement_id
      having count(*) <> 2 or sum(minor) <> 0 or min(currency) <> max(currency)
        or min(account) = max(account)
      union all
      select 'a wallet has what its ledger accounts say', customer_id || ' ' || currency
      from wallet full join account using (customer_id, currency)
      where (wallet.available, wallet.held) is distinct from (account.available, account.held)
        and (wallet.available is null or wallet.available <> 0 or wallet.held <> 0
          or account.available is not null)
      union all
      select 'a wallet holds what its authorized payments need', customer_id || ' ' || currency
      from wallet full join authorized using (customer_id, currency)
      where coalesce(wallet.held, 0) <> coalesce(authorized.held, 0)
      union all
      select 'a payment has moved what its state says', payment.id::text
      from payment left join paid using (id)
      where coalesce(paid.held, 0) <> case state when 'AUTHORIZED' then minor else 0 end
        or coalesce(paid.earned, 0) <> case state when 'CAPTURED' then minor else 0 end
      limit 100
      """;

  private final WholeTables tables;

  ConsistencyEndpoint(PlatformTransactionManager manager, JdbcClient jdbc) {
    this.tables = new WholeTables(manager, jdbc);
  }

  /**
   * What the audit found.
   *
   * @param violations what is not square, at most 100 of it
   */
  record Report(boolean consistent, List<Violation> violations) {}

  /** A rule that does not hold, and for what: a currency, a movement, a wallet, a payment. */
  record Violation(String rule, String subject) {}

  /** Audits everything. */
  @ReadOperation
  Report check() {
    var violations =
        tables.read(
            jdbc ->
                jdbc.sql(AUDIT)
                    .query((row, number) -> new Violation(row.getString(1), row.getString(2)))
                    .list());
    return new Report(violations.isEmpty(), violations);
  }
}
