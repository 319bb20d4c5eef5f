package dev.allsquare.local;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Does the same to several things at the same time. */
final class AtOnce {

  private AtOnce() {}

  /**
   * Returns when all are done, and throws the first failure only then: nothing goes on behind our
   * back.
   */
  static <T> void forEach(List<? extends T> things, Consumer<T> action) {
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
      var all =
          things.stream()
              .map(thing -> CompletableFuture.runAsync(() -> action.accept(thing), threads))
              .toArray(CompletableFuture[]::new);
      CompletableFuture.allOf(all).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
