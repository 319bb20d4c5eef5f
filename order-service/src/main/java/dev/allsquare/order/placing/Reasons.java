package dev.allsquare.order.placing;

import dev.allsquare.order.domain.Reason;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why a saga turned round, in the words an order has for it. */
final class Reasons {

  private static final Logger log = LoggerFactory.getLogger(Reasons.class);

  private Reasons() {}

  /**
   * The reason of this name. What an order has no word for (a participant that broke, an operator
   * who gave the saga up) is told to the customer as no answer in time, which it amounts to.
   */
  static Reason of(@Nullable String code) {
    return Arrays.stream(Reason.values())
        .filter(reason -> reason.name().equals(code))
        .findFirst()
        .orElseGet(
            () -> {
              log.warn("a saga turned round because of '{}'", code);
              return Reason.TIMED_OUT;
            });
  }
}
