package dev.allsquare.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One thing that is taken away from the manifests, or spoilt.
 *
 * @param policy which has to notice
 * @param what for the reader
 * @param overlay out of which
 */
record Mutation(Policy policy, String what, Supplier<Rendered> overlay, Consumer<Rendered> change) {

  static Mutation of(Policy policy, String what, Consumer<Rendered> change) {
    return new Mutation(policy, what, Rendered::production, change);
  }

  static Mutation ofLocal(Policy policy, String what, Consumer<Rendered> change) {
    return new Mutation(policy, what, Rendered::local, change);
  }

  /** Sets a field to a YAML scalar, or removes it where the value is empty. */
  static Mutation of(Policy policy, String kind, String name, String path, String value) {
    return of(
        policy,
        "%s %s %s=%s".formatted(kind, name, path, value),
        all -> set(all.object(kind, name), path, value));
  }

  static Mutation ofService(Policy policy, String path, String value) {
    return of(policy, "Deployment", "order-service", path, value);
  }

  static void set(ObjectNode object, String path, String value) {
    int last = path.lastIndexOf('/');
    var parent = (ObjectNode) object.at(path.substring(0, last));
    String field = path.substring(last + 1).replace("~1", "/");
    switch (value) {
      case "" -> parent.remove(field);
      case "true", "false" -> parent.put(field, Boolean.parseBoolean(value));
      default -> {
        if (value.matches("\\d+")) {
          parent.put(field, Integer.parseInt(value));
        } else {
          parent.put(field, value);
        }
      }
    }
  }

  Rendered mutant() {
    var all = overlay.get();
    change.accept(all);
    return all;
  }

  @Override
  public String toString() {
    return policy + ": " + what;
  }
}
