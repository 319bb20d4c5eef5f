package dev.allsquare.outbox;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.PreparedStatementCreator;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.RowMapper;

/**
 * As much of JDBC as the relay uses: a statement goes to a function, which answers with rows. One
 * thread, one statement at a time.
 */
final class SimulatedJdbc {

  /** One row of an answer: a column by its name or its number. */
  interface Columns {
    @Nullable Object get(Object column);
  }

  /** A statement and what is bound to it, in order. */
  record Call(String sql, List<@Nullable Object> parameters) {

    String text(int index) {
      return (String) Objects.requireNonNull(parameters.get(index));
    }

    double number(int index) {
      return ((Number) Objects.requireNonNull(parameters.get(index))).doubleValue();
    }

    Object[] array(int index) {
      return (Object[]) Objects.requireNonNull(parameters.get(index));
    }
  }

  private final Function<Call, List<Columns>> database;
  private final Connection connection = proxy(Connection.class, this::prepare);
  private final PreparedStatement statement = proxy(PreparedStatement.class, this::bind);
  private final ResultSet resultSet = proxy(ResultSet.class, this::read);
  private @Nullable Object @Nullable [] lastArray;
  private Call prepared = new Call("", List.of());
  private @Nullable Columns row;

  private SimulatedJdbc(Function<Call, List<Columns>> database) {
    this.database = database;
  }

  /** The function is given each statement. */
  static JdbcOperations over(Function<Call, List<Columns>> database) {
    return proxy(JdbcOperations.class, new SimulatedJdbc(database)::execute);
  }

  private @Nullable Object execute(Object self, Method method, @Nullable Object[] arguments)
      throws SQLException {
    var rows = database.apply(call(arguments));
    return switch (method.getName()) {
      case "update" -> rows.size();
      case "queryForObject" -> rows.getFirst().get(1);
      case "query" -> read(Objects.requireNonNull(arguments[1]), rows);
      default -> throw new UnsupportedOperationException(method.getName());
    };
  }

  private Call call(@Nullable Object[] arguments) throws SQLException {
    if (arguments[0] instanceof PreparedStatementCreator creator) {
      var _ = creator.createPreparedStatement(connection);
      return prepared;
    }
    var bound = arguments[arguments.length - 1] instanceof Object[] all ? all : new Object[0];
    return new Call((String) Objects.requireNonNull(arguments[0]), List.of(bound));
  }

  private @Nullable Object prepare(Object self, Method method, @Nullable Object[] arguments) {
    if (method.getName().equals("createArrayOf")) {
      lastArray = (Object[]) arguments[1];
      return null;
    }
    prepared = new Call((String) Objects.requireNonNull(arguments[0]), new ArrayList<>());
    return statement;
  }

  /** An array is bound as soon as it is made. */
  private @Nullable Object bind(Object self, Method method, @Nullable Object[] arguments) {
    switch (method.getName()) {
      case "getConnection" -> {
        return connection;
      }
      case "setArray" -> prepared.parameters().add(lastArray);
      default -> prepared.parameters().add(arguments[1]);
    }
    return null;
  }

  private @Nullable Object read(Object reader, List<Columns> rows) throws SQLException {
    if (reader instanceof ResultSetExtractor<?> extractor) {
      row = rows.getFirst();
      return extractor.extractData(resultSet);
    }
    var result = new ArrayList<@Nullable Object>(rows.size());
    for (var next : rows) {
      row = next;
      result.add(((RowMapper<?>) reader).mapRow(resultSet, result.size()));
    }
    return result;
  }

  private @Nullable Object read(Object self, Method method, @Nullable Object[] arguments) {
    return method.getName().equals("next")
        ? true
        : Objects.requireNonNull(row).get(Objects.requireNonNull(arguments[0]));
  }

  private interface Answering {
    @Nullable Object to(Object self, Method method, @Nullable Object[] arguments)
        throws SQLException;
  }

  private static final Object[] NONE = {};

  private static <T> T proxy(Class<T> type, Answering answering) {
    InvocationHandler handler =
        (self, method, arguments) ->
            answering.to(self, method, arguments == null ? NONE : arguments);
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
