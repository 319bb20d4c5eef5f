package dev.allsquare.inbox;

import java.util.Set;

/**
 * The topics whose newest record of a key is how things stand. An old one put back would be the
 * newest, so none is.
 */
public record CurrentState(Set<String> topics) {

  public CurrentState {
    topics = Set.copyOf(topics);
  }
}
