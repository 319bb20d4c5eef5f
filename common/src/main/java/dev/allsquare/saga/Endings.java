package dev.allsquare.saga;

import dev.allsquare.saga.SagaEnding.Ended;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells the service which sagas end, in the transaction that ends them. */
final class Endings {

  private final Definitions definitions;
  private final Map<String, SagaEnding<?>> endings = new HashMap<>();

  Endings(Definitions definitions, Collection<? extends SagaEnding<?>> endings) {
    this.definitions = definitions;
    for (var ending : endings) {
      if (!definitions.knows(ending.sagaName())) {
        throw new IllegalArgumentException(
            ending + " awaits the end of " + ending.sagaName() + ", and no saga has this name.");
      }
      if (this.endings.putIfAbsent(ending.sagaName(), ending) != null) {
        throw new IllegalArgumentException("Two endings await " + ending.sagaName() + ".");
      }
    }
  }

  void tell(List<Row> ended) {
    ended.stream()
        .sorted(Comparator.comparing(Row::id))
        .collect(Collectors.groupingBy(Row::type))
        .forEach(this::tell);
  }

  private void tell(String name, List<Row> rows) {
    var ending = endings.get(name);
    if (ending != null) {
      tell(ending, rows);
    }
  }

  private <D> void tell(SagaEnding<D> ending, List<Row> rows) {
    ending.ended(rows.stream().map(this::<D>ended).toList());
  }

  // The versions of a saga may read their data as different classes; an ending that serves them all
  // has their common type.
  @SuppressWarnings("unchecked")
  private <D> Ended<D> ended(Row row) {
    var saga = definitions.find(row.type(), row.version());
    if (saga == null) {
      throw new IllegalStateException("a saga ended whose definition is unknown: " + row.id());
    }
    return new Ended<>(
        row.id(),
        row.businessKey(),
        (D) Json.read(row.data(), saga.data()),
        outcome(row.instance().phase()),
        row.instance().reason());
  }

  private static SagaEnding.Outcome outcome(Phase phase) {
    return switch (phase) {
      case COMPLETED -> SagaEnding.Outcome.COMPLETED;
      case COMPENSATED -> SagaEnding.Outcome.COMPENSATED;
      case RUNNING, COMPENSATING -> throw new IllegalStateException("not an end: " + phase);
    };
  }
}
