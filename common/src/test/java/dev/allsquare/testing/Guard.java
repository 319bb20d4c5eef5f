package dev.allsquare.testing;

/**
 * What keeps the promises, one by one. A simulation may switch one of them off, from test code
 * alone, to show that it would notice: a proof that cannot fail proves nothing.
 *
 * <p>Guards of the relay, the barrier and the transitions are switched off around the real code (in
 * what it is given, or in what becomes of its answer); guards that are SQL, in the tables in memory
 * that stand for it.
 */
public enum Guard {
  /** A message id is remembered with its verdict. */
  INBOX,
  /** What was decided of a step in a direction is remembered, whatever the message id. */
  BARRIER,
  /** A compensation that comes first forbids its command. */
  BLOCKED_COMMAND,
  /** Whoever decided on what another has written meanwhile rolls back. */
  LOST_RACE,
  /** A late answer is given once. */
  LATE_ANSWER,
  /** An effect is part of the transaction that remembers its message. */
  EFFECT_IN_TRANSACTION,
  /** What is told is part of the transaction that makes it true. */
  OUTBOX_IN_TRANSACTION,
  /** A saga is decided on its locked row. */
  SAGA_LOCK,
  /** A reply counts for the command that it answers. */
  AWAITED_COMMAND,
  /** A reply to what was given up does not turn the saga again. */
  LATE_REPLY,
  /** What timed out may have been done, and is undone. */
  TIMED_OUT_IS_UNDONE,
  /** Once the pivot is commanded there is no way back. */
  PIVOT,
  /** Groups are undone in reverse order. */
  REVERSE_ORDER,
  /** What fails is tried a limited number of times. */
  ATTEMPTS,
  /** The time a command spends in the outbox is nobody's fault. */
  TIME_IN_OUTBOX,
  /** A saga that nobody answers is looked after. */
  SWEEP,
  /** What is stuck parks its saga, and an operator sees it. */
  PARKED,
  /** The relay reads the rows of a key in their order. */
  ROW_ORDER,
  /** One record of a key is on its way at a time. */
  ONE_PER_KEY,
  /** A row is deleted once the log has it. */
  DELETED_WHEN_SENT,
  /** A send that failed was not a send. */
  FAILED_SEND,
  /** A shard has one relay. */
  LEASE,
  /** A relay whose lease may have ended sends nothing. */
  LEASE_EXPIRY
}
