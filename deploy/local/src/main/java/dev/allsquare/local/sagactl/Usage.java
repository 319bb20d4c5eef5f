package dev.allsquare.local.sagactl;

import java.util.Set;

/** The commands, and what each may be told. */
@SuppressWarnings("ImmutableEnumChecker") // sets that nobody can change
enum Usage {
  LIST(0, 0, "", "state type key age step because limit after"),
  SHOW(1, 1, "", ""),
  EXPLAIN(1, 1, "", ""),
  RETRY(0, 1, Usage.MANY, Usage.OF_SAGAS),
  RESUME(0, 1, Usage.MANY, Usage.OF_SAGAS),
  SKIP(0, 1, Usage.MANY, Usage.OF_SAGAS),
  COMPENSATE(0, 1, Usage.MANY, Usage.OF_SAGAS),
  JOB(1, 1, "", ""),
  LETTERS(0, 0, "", "topic limit before"),
  LETTER(1, 1, "", ""),
  REDRIVE(0, 1, Usage.MANY, Usage.OF_LETTERS),
  DISCARD(0, 1, Usage.MANY, Usage.OF_LETTERS),
  KEYS(0, 0, "", ""),
  RELEASE(2, 2, "", "reason actor"),
  EXPORT(1, 1, "", ""),
  DIALOGUE(1, 1, "", "package class saga");

  private static final String MANY = "all yes";
  private static final String OF_SAGAS = "version data reason actor type key age step because rate";
  private static final String OF_LETTERS = "payload reason actor topic cause age because rate";

  static final String TEXT =
      """
      deploy/local/sagactl COMMAND [OPTION]...

      Look
        list [--state S] [--type T] [--key K] [--age PT5M] [--step S] [--because TEXT] [--limit N] [--after ID]
        show SAGA         everything that is known of it, as JSON; SAGA is its id or its business key
        explain SAGA      the same in words: where it stands, what it waits for, what happened

      Repair one; explain tells the version
        retry SAGA --version N --reason WHY [--data FILE]     a new attempt of what is stuck
        resume SAGA --version N --reason WHY [--data FILE]    asks again under the same message id
        skip SAGA --version N --reason WHY                    what is stuck counts as done
        compensate SAGA --version N --reason WHY              undoes everything

      Repair many
        retry|resume|skip|compensate --all [--type T] [--key K] [--age PT5M] [--step S] [--because TEXT]
              --reason WHY [--rate N] [--yes]     tells how many; with --yes, repairs them, N a second
        job ID            how far that is, and what was refused

      Dead letters and parked keys, those of payment-service with --service payment-service
        letters [--topic T] [--limit N] [--before SEQ]
        letter SEQ        one with its headers and its payload, as JSON
        redrive SEQ --reason WHY [--payload FILE]
        discard SEQ --reason WHY
        redrive|discard --all [--topic T] [--cause C] [--age PT5M] [--because TEXT]
              --reason WHY [--rate N] [--yes]
        keys              the keys that are parked in the outbox
        release TOPIC KEY --reason WHY

      Take away
        export SAGA       one saga as a bundle that tells nothing of people, as JSON
        dialogue BUNDLE [--package P] [--class C] [--saga EXPRESSION]
                          a test in Java that fails where the saga stands

      Always
        --actor NAME      who does it: $USER unless told
        --service NAME    order-service unless told; or payment-service, inventory-service
        --url URL         its management port: that of deploy/local/up unless told
        --json            the answer as it came
        --help            this

      Exit codes: 0 done, 1 refused or not there, 2 not understood, 3 the service gives no answer,
      4 somebody was faster (409), 5 some of many were refused.
      """;

  private final int least;
  private final int most;
  private final Set<String> flags;
  private final Set<String> options;

  Usage(int least, int most, String flags, String options) {
    this.least = least;
    this.most = most;
    this.flags = Set.of((flags + " json").strip().split(" "));
    this.options = Set.of((options + " service url").strip().split(" "));
  }

  boolean takes(int words) {
    return least <= words && words <= most;
  }

  boolean hasFlag(String name) {
    return flags.contains(name);
  }

  boolean hasOption(String name) {
    return options.contains(name);
  }
}
