package dev.allsquare.local.sagactl;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the command line asks for.
 *
 * @param words what follows the command and is no option
 */
record Request(Usage command, List<String> words, Map<String, String> options, Set<String> flags) {

  /**
   * Reads the command line.
   *
   * @throws Failure when it makes no sense
   */
  static Request parse(List<String> arguments) {
    var command = command(arguments.getFirst());
    var words = new ArrayList<String>();
    var options = new HashMap<String, String>();
    var flags = new HashSet<String>();
    var rest = new ArrayDeque<>(arguments.subList(1, arguments.size()));
    while (!rest.isEmpty()) {
      var word = rest.remove();
      var name = word.startsWith("--") ? word.substring(2) : "";
      if (name.isEmpty()) {
        words.add(word);
      } else if (command.hasFlag(name)) {
        flags.add(name);
      } else if (!command.hasOption(name)) {
        throw misunderstood(command, "does not know " + word);
      } else if (rest.isEmpty()) {
        throw misunderstood(command, "needs something behind " + word);
      } else {
        options.put(name, rest.remove());
      }
    }
    if (!command.takes(words.size())) {
      throw misunderstood(command, "does not take " + (words.isEmpty() ? "nothing" : words));
    }
    return new Request(command, words, options, flags);
  }

  private static Usage command(String word) {
    return Arrays.stream(Usage.values())
        .filter(it -> name(it).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new Failure(
                    Failure.MISUNDERSTOOD,
                    "sagactl does not know "
                        + word
                        + ". There are "
                        + Arrays.stream(Usage.values())
                            .map(Request::name)
                            .collect(Collectors.joining(", "))
                        + "; --help tells more."));
  }

  private static String name(Usage command) {
    return command.name().toLowerCase(Locale.ROOT);
  }

  private static Failure misunderstood(Usage command, String what) {
    return new Failure(
        Failure.MISUNDERSTOOD, "sagactl " + name(command) + " " + what + "; --help tells more.");
  }

  String name() {
    return name(command);
  }

  boolean has(String flag) {
    return flags.contains(flag);
  }

  Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }

  String required(String name) {
    return option(name)
        .filter(it -> !it.isBlank())
        .orElseThrow(() -> misunderstood(command, "needs --" + name));
  }

  String word() {
    if (words.isEmpty()) {
      throw misunderstood(command, "needs to know which one, or --all");
    }
    return words.getFirst();
  }

  /** Those of the options that were given, under the names the service knows. */
  Map<String, String> given(Map<String, String> names) {
    return names.entrySet().stream()
        .filter(it -> options.containsKey(it.getKey()))
        .collect(Collectors.toMap(Map.Entry::getValue, it -> options.get(it.getKey())));
  }

  int number(String name, int otherwise) {
    try {
      return option(name).map(Integer::parseInt).orElse(otherwise);
    } catch (NumberFormatException _) {
      throw misunderstood(command, "needs a number behind --" + name);
    }
  }
}
