package dev.allsquare.console;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** How the templates say things. */
public final class Words {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** Made for one page. */
  public Words() {}

  /** A moment, in UTC. */
  public String time(@Nullable Instant at) {
    return at == null ? "–" : TIME.format(at);
  }

  /** How long ago it was. */
  public String ago(@Nullable Instant at) {
    return at == null ? "–" : lasting(Duration.between(at, Instant.now()));
  }

  /** Some seconds. */
  public String seconds(double seconds) {
    return lasting(Duration.ofMillis((long) (seconds * 1000)));
  }

  private static String lasting(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min";
    }
    return seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " days";
  }

  /** A name that computers gave, for people. */
  public String plain(@Nullable String name) {
    return name == null ? "" : name.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Data, indented. */
  public String json(@Nullable Map<String, ?> data) {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(data);
  }
}
