package dev.allsquare.saga;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Conditions on what was asked for, and none on the rest, so that each question has its plan. */
final class Where {

  private static final Pattern PARAMETER = Pattern.compile("(?<!:):(\\w+)");

  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> parameters = new HashMap<>();

  /** Adds the condition, unless there is no value for it. */
  void and(String condition, @Nullable Object value) {
    if (value != null) {
      conditions.add(condition);
      var parameter = PARAMETER.matcher(condition);
      if (parameter.find()) {
        parameters.put(parameter.group(1), value);
      }
    }
  }

  Map<String, Object> parameters() {
    return parameters;
  }

  @Override
  public String toString() {
    return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
  }
}
