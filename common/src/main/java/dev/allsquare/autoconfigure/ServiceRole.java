package dev.allsquare.autoconfigure;

import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a service may do in a schema that another role owns: read and write rows. It cannot alter a
 * table, drop a trigger, truncate, or touch the histories of the migrations.
 *
 * <p>Partitioned tables (inbox, barrier, ledger) are the exception, and the service owns them: it
 * makes partitions as time goes by, and PostgreSQL lets only an owner do that. The role that
 * migrates must therefore be a member of the service's, so that later migrations may change these
 * tables too.
 */
final class ServiceRole {

  private static final String GRANTS =
      """
      do $$
      declare
        service name := current_setting('allsquare.service_role');
        histories text[] := string_to_array(current_setting('allsquare.histories'), ',');
        item record;
      begin
        execute format('grant usage, create on schema %I to %I', current_schema(), service);
        for item in
          select relname, relkind = 'p' or relispartition as parts, relname = any (histories) as history
          from pg_class
          where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')
            and pg_get_userbyid(relowner) <> service
          order by relname
        loop
          if item.parts then
            execute format('alter table %I owner to %I', item.relname, service);
          elsif item.history then
            execute format('grant select on %I to %I', item.relname, service);
          else
            execute format('grant select, insert, update, delete on %I to %I', item.relname, service);
          end if;
        end loop;
      end $$
      """;

  private ServiceRole() {}

  /** In one transaction: who can read every table has every right that is granted here. */
  static void grant(DataSource dataSource, String role, List<String> histories) {
    var jdbc = JdbcClient.create(dataSource);
    new TransactionTemplate(new DataSourceTransactionManager(dataSource))
        .executeWithoutResult(
            _ -> {
              set(jdbc, "allsquare.service_role", role);
              set(jdbc, "allsquare.histories", String.join(",", histories));
              jdbc.sql(GRANTS).update();
            });
  }

  private static void set(JdbcClient jdbc, String setting, String value) {
    jdbc.sql("select set_config(?, ?, true)").params(setting, value).query(String.class).single();
  }

  /** Names a table that the connected role may not read yet. */
  static @Nullable String missing(DataSource dataSource) {
    return JdbcClient.create(dataSource)
        .sql(
            """
            select format('%s may not read table %s', current_user, relname) from pg_class
            where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')
              and not has_table_privilege(oid, 'select')
            limit 1
            """)
        .query(String.class)
        .optional()
        .orElse(null);
  }
}
