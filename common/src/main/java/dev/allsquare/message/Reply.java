package dev.allsquare.message;

import org.jspecify.annotations.Nullable;

/**
 * The payload of every reply. Which command it answers stands in the envelope's causation id.
 *
 * @param reason a code such as {@code OUT_OF_STOCK}; present unless the verdict is {@link
 *     Verdict#DONE}
 */
public record Reply(Verdict verdict, @Nullable String reason) {

  /** The wire identity of a reply. */
  public static final String TYPE = "saga.reply.v1";
}
