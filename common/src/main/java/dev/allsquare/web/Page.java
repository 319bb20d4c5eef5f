package dev.allsquare.web;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next where the next page begins, to be given as {@code after}; absent on the last page
 */
public record Page<T>(List<T> items, @Nullable String next) {

  /**
   * The page out of one item more than it holds, read to see whether there is another page.
   *
   * @param found at most {@code limit + 1} items
   * @param position what {@link Cursor#read} will be given back
   */
  public static <T> Page<T> of(List<T> found, int limit, Function<T, ?> position) {
    if (found.size() <= limit) {
      return new Page<>(List.copyOf(found), null);
    }
    var items = List.copyOf(found.subList(0, limit));
    return new Page<>(items, Cursor.of(position.apply(items.getLast())));
  }

  /** The same page with each item shown another way. */
  public <R> Page<R> map(Function<T, R> view) {
    return new Page<>(items.stream().map(view).toList(), next);
  }
}
