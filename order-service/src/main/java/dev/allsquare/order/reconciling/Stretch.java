package dev.allsquare.order.reconciling;

import dev.allsquare.order.reconciling.Case.Known;
import dev.allsquare.order.reconciling.Records.Entry;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The orders of three pages that begin at the same id and end wherever the first full one ends:
 * beyond it that one knows no answer.
 *
 * @param end where the next stretch begins; empty when this is the last
 */
record Stretch(Map<UUID, Case> cases, Optional<UUID> end) {

  /** As PostgreSQL sorts them; Java compares the halves of an id as signed numbers. */
  private static final Comparator<UUID> AS_STORED = Comparator.comparing(UUID::toString);

  static Stretch of(List<Known> orders, List<Entry> payments, List<Entry> reservations, int limit) {
    var known = byId(orders, Known::id);
    var paid = byId(payments, Entry::orderId);
    var held = byId(reservations, Entry::orderId);
    var end =
        Stream.of(known, paid, held)
            .filter(page -> page.size() >= limit)
            .map(page -> page.keySet().stream().max(AS_STORED).orElseThrow())
            .min(AS_STORED);
    var ids = new TreeSet<>(AS_STORED);
    Stream.of(known, paid, held).map(Map::keySet).forEach(ids::addAll);
    end.ifPresent(last -> ids.removeIf(id -> AS_STORED.compare(id, last) > 0));
    Map<UUID, Case> cases = new HashMap<>();
    ids.forEach(id -> cases.put(id, new Case(known.get(id), paid.get(id), held.get(id))));
    return new Stretch(cases, end);
  }

  /** Those to be looked at once more, oldest first. */
  List<UUID> suspects() {
    return cases.entrySet().stream()
        .filter(it -> it.getValue().complaint().isPresent())
        .map(Map.Entry::getKey)
        .sorted(AS_STORED)
        .toList();
  }

  private static <T> Map<UUID, T> byId(List<T> page, Function<T, UUID> id) {
    return page.stream().collect(Collectors.toMap(id, Function.identity()));
  }
}
