package dev.allsquare.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Remembers the statements and commits that went through it. */
public final class CountingDataSource extends DelegatingDataSource {

  /** Nobody's doing: it is asked by the clock. */
  private static final String A_GAUGE = "select count(*) from (select from dead_letter";

  private final List<String> log = new CopyOnWriteArrayList<>();

  public CountingDataSource(DataSource target) {
    super(target);
  }

  /** The first words of every statement since the last call, and {@code commit}. */
  public List<String> takeLog() {
    var taken = List.copyOf(log);
    log.clear();
    return taken;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = super.getConnection();
    return proxy(
        Connection.class,
        (method, arguments) -> {
          Object result = call(connection, method, arguments);
          if (method.getName().equals("commit")) {
            log.add("commit");
          }
          return result instanceof PreparedStatement statement && arguments != null
              ? counted(statement, (String) arguments[0])
              : result;
        });
  }

  private PreparedStatement counted(PreparedStatement statement, String sql) {
    return proxy(
        PreparedStatement.class,
        (method, arguments) -> {
          if (method.getName().startsWith("execute") && !sql.startsWith(A_GAUGE)) {
            log.add(Stream.of(sql.strip().split("\\s+")).limit(3).collect(Collectors.joining(" ")));
          }
          return call(statement, method, arguments);
        });
  }

  private interface Call {
    @Nullable Object on(Method method, Object @Nullable [] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> call.on(method, arguments)));
  }

  private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }
}
