package dev.allsquare.kubernetes;

import java.util.List;
import java.util.stream.Stream;

/** What is taken away, one thing at a time. */
final class Mutations {

  private Mutations() {}

  static Stream<Mutation> all() {
    return Stream.of(
            PodMutations.all(),
            RolloutMutations.all(),
            WiringMutations.all(),
            ConfigMutations.all(),
            NetworkMutations.all(),
            MessagingMutations.all(),
            ServerMutations.all(),
            AlertMutations.all())
        .flatMap(List::stream);
  }
}
