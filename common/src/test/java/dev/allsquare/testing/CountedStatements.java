package dev.allsquare.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestComponent;

/** Writes down every round trip to the database, and which thread made it. */
@TestComponent
public final class CountedStatements implements BeanPostProcessor {

  /** One round trip. */
  public record RoundTrip(long thread, String sql) {}

  private final List<RoundTrip> roundTrips = new CopyOnWriteArrayList<>();
  private volatile boolean counting;

  public void start() {
    roundTrips.clear();
    counting = true;
  }

  /** Since the start, what the threads did that executed a statement with this beginning. */
  public List<String> ofThreadsThat(String executed) {
    counting = false;
    var threads =
        roundTrips.stream()
            .filter(trip -> trip.sql().startsWith(executed))
            .map(RoundTrip::thread)
            .collect(Collectors.toSet());
    return roundTrips.stream()
        .filter(trip -> threads.contains(trip.thread()))
        .map(RoundTrip::sql)
        .toList();
  }

  /** Since the start, what the calling thread did. */
  public List<String> ofThisThread() {
    counting = false;
    long me = Thread.currentThread().threadId();
    return roundTrips.stream().filter(trip -> trip.thread() == me).map(RoundTrip::sql).toList();
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String beanName) {
    return bean instanceof DataSource source && beanName.equals("dataSource")
        ? proxy(DataSource.class, source, "")
        : bean;
  }

  private <T> T proxy(Class<T> type, T target, String sql) {
    InvocationHandler handler = (proxy, method, arguments) -> call(target, method, arguments, sql);
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private @Nullable Object call(
      Object target, Method method, @Nullable Object @Nullable [] arguments, String sql)
      throws Throwable {
    note(method, arguments, sql);
    try {
      var result = method.invoke(target, arguments);
      return method.getName().equals("unwrap") ? result : wrapped(result, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private void note(Method method, @Nullable Object @Nullable [] arguments, String sql) {
    var name = method.getName();
    if (counting && (name.startsWith("execute") || name.equals("commit"))) {
      var text = arguments != null && arguments[0] instanceof String first ? first : sql;
      roundTrips.add(
          new RoundTrip(
              Thread.currentThread().threadId(), name.equals("commit") ? "commit" : text));
    }
  }

  private @Nullable Object wrapped(
      @Nullable Object result, @Nullable Object @Nullable [] arguments) {
    return switch (result) {
      case Connection connection -> proxy(Connection.class, connection, "");
      case PreparedStatement statement ->
          proxy(
              PreparedStatement.class,
              statement,
              arguments == null ? "" : String.valueOf(arguments[0]));
      case Statement statement -> proxy(Statement.class, statement, "");
      case null -> null;
      default -> result;
    };
  }
}
