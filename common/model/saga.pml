/*
 * A saga: compensatable steps, a pivot, what follows it; orchestrator, sweep, customer, operator, participants and the
 * messages between them. Promises 1, 3 and 4.
 *
 * The shape is PlaceOrder's: two parallel steps, the pivot, a retriable step. With -DGROUPS it is two parallel steps, a third
 * compensatable one, the pivot: PlaceOrder has but one group to undo, and an order of groups needs two.
 *
 * An atomic is one transaction. A participant is what barrier.pml shows it to be: one effect per step and direction. The log
 * is a set of messages: they overtake each other; losses and duplicates are faults, of which a run has only so many.
 */
#ifndef FAULTS
#define FAULTS 3                          /* so many in one run, of whatever kind */
#endif
#ifdef GROUPS
#define PIVOT 3
#else
#define PIVOT 2
#endif
#define STEPS    4
#define GROUP(s) ((s) < 2 -> 0 : (s) - 1)
#define ATTEMPTS 2                        /* of a step that FAILED, before it is given up */

/* A leg is a step in a direction: l is its action, UNDO(l) its compensation. */
#define LEGS     8
#define UNDO(s)  ((s) + STEPS)
#define STEP(l)  ((l) % STEPS)
#define NO_WAY_BACK(l) ((l) >= FIRST_WITHOUT)
#ifdef NO_PIVOT
#define FIRST_WITHOUT (PIVOT + 1)
#else
#define FIRST_WITHOUT PIVOT
#endif

mtype = { IDLE, AWAITING, BACKING_OFF, TIMED_OUT, STUCK_REFUSED, STUCK_FAILED, GIVEN_UP, DONE, REFUSED, BLOCKED,
          RUNNING, COMPENSATING, COMPLETED, COMPENSATED, PENDING, CONFIRMED, REJECTED, CANCELLED };

/* The saga's row, and its order's. */
mtype phase = RUNNING, order = PENDING;
mtype leg[LEGS] = IDLE;
byte attempts[LEGS];
bool parked, wish;

/* The participants: inbox and barrier. */
mtype barrier[LEGS] = IDLE;
byte refused[LEGS], broken[LEGS];         /* attempts that were answered REFUSED, FAILED */
#define STANDS(s) (barrier[s] == DONE && barrier[UNDO(s)] != DONE)

/* The log. A command is the bit of its attempt; a reply is one of these, or FAILED << attempt. */
byte command[LEGS], reply[LEGS];
#define SAYS_DONE    1
#define SAYS_REFUSED 2
#define SAYS_FAILED  4
#define LATEST(l)    (1 << (attempts[l] - 1))

byte faults = FAULTS;
byte i, g;                                /* scratch of a transaction */
bool waits;

#define ENDED    (phase == COMPLETED || phase == COMPENSATED)
#define ALL_DONE (STANDS(0) && STANDS(1) && STANDS(2) && STANDS(3))
#define NONE_STANDS (!STANDS(0) && !STANDS(1) && !STANDS(2) && !STANDS(3))
#define IS_STUCK(l) (leg[l] == TIMED_OUT || leg[l] == STUCK_REFUSED || leg[l] == STUCK_FAILED)
#define CURRENT(s)  (phase == RUNNING -> (s) : UNDO(s))

inline resend(l) { command[l] = command[l] | LATEST(l) }
inline attempt(l) { attempts[l]++; leg[l] = AWAITING; resend(l) }

inline finish(how) {
  assert(order == PENDING);                                                 /* 1: exactly one terminal state */
  phase = how;
  order = (how == COMPLETED -> CONFIRMED : (wish -> CANCELLED : REJECTED));
  assert(phase == COMPENSATED || ALL_DONE);                                 /* 3: completed, and all of it is done */
  assert(phase == COMPLETED || NONE_STANDS)                                 /* 3: compensated, and none of it is still done */
}

/* The members of the first group that is not done. */
inline goForward() {
  i = 0;
  do
  :: i < STEPS && leg[i] == DONE -> i++
  :: else -> break
  od;
  if
  :: i == STEPS -> finish(COMPLETED)
  :: else ->
     g = GROUP(i); i = 0;
     do
     :: i < STEPS && GROUP(i) == g && leg[i] == IDLE -> attempt(i); i++
     :: i < STEPS && !(GROUP(i) == g && leg[i] == IDLE) -> i++
     :: i == STEPS -> break
     od
  fi
}

/* Retreat.isToBeUndone: its effect is there, or may be. */
#define TO_BE_UNDONE(s) (leg[UNDO(s)] == IDLE && leg[s] != IDLE && leg[s] != REFUSED)

inline undo(s) {
  assert(barrier[PIVOT] != DONE);                                           /* 3: past the pivot the saga only goes forward */
#ifdef GROUPS
  assert(GROUP(s) == 1 || !STANDS(2));                                      /* 3: groups are undone in reverse order */
#endif
  leg[UNDO(s)] = AWAITING; attempts[UNDO(s)]++; command[UNDO(s)] = 1
}

#ifdef NO_REVERSE_ORDER
#define BACK(n) (n)
#else
#define BACK(n) (GROUP(PIVOT) - 1 - (n))
#endif
inline goBack() {
  g = 0; waits = false;
  do
  :: g < GROUP(PIVOT) && !waits ->
     i = 0;
     do
     :: i < PIVOT && GROUP(i) == BACK(g) ->
        if :: TO_BE_UNDONE(i) -> undo(i) :: else fi;
        waits = waits || (leg[UNDO(i)] != IDLE && leg[UNDO(i)] != DONE);
        i++
     :: i < PIVOT && GROUP(i) != BACK(g) -> i++
     :: i == PIVOT -> break
     od;
     g++
  :: else -> break
  od;
  if :: !waits -> finish(COMPENSATED) :: else fi
}

inline settle() {
  i = 0; parked = false;
#ifndef NO_PARK
  do
  :: i < STEPS && !ENDED -> parked = parked || IS_STUCK(CURRENT(i)); i++
  :: else -> break
  od;
#endif
  i = 0
}

inline goOn() {
  settle();
  if
  :: phase == RUNNING -> goForward()
  :: phase == COMPENSATING -> goBack()
  :: else
  fi;
  i = 0; g = 0; waits = false
}

/* What was asked for and not answered may have been done. */
inline turn() {
  assert(phase == RUNNING);                                                 /* 3: a saga turns once */
  phase = COMPENSATING;
  i = 0;
  do
  :: i < STEPS && (leg[i] == AWAITING || leg[i] == BACKING_OFF || IS_STUCK(i)) ->
#ifdef NO_UNDO_OF_TIMED_OUT
     leg[i] = REFUSED; i++
#else
     leg[i] = GIVEN_UP; i++
#endif
  :: i < STEPS && !(leg[i] == AWAITING || leg[i] == BACKING_OFF || IS_STUCK(i)) -> i++
  :: i == STEPS -> break
  od
}

inline giveUp(l, why) {
  if
  :: NO_WAY_BACK(l) -> leg[l] = why
  :: else -> turn()
  fi
}

inline awaited(l, says) {
  if
  :: says == SAYS_DONE -> leg[l] = DONE
  :: says == SAYS_REFUSED && (l < PIVOT || l == PIVOT) -> leg[l] = REFUSED; turn()
  :: says == SAYS_REFUSED && l > PIVOT -> leg[l] = STUCK_REFUSED
  :: says >= SAYS_FAILED && attempts[l] < ATTEMPTS -> leg[l] = BACKING_OFF
  :: says >= SAYS_FAILED && attempts[l] >= ATTEMPTS -> giveUp(l, STUCK_FAILED)
  fi;
  goOn()
}

/* Transition.replied. */
#define OUTDATED(l, says) (says >= SAYS_FAILED && says != SAYS_FAILED * LATEST(l))
inline replied(l, says) {
  if
  :: leg[l] == IDLE || leg[l] == DONE || leg[l] == REFUSED -> skip          /* unknown, duplicate */
#ifndef NO_LATE_REPLY
  :: leg[l] == GIVEN_UP ->
     if
     :: says == SAYS_DONE -> leg[l] = DONE
     :: says == SAYS_REFUSED -> leg[l] = REFUSED
     :: else
     fi
#endif
  :: leg[l] == BACKING_OFF && says >= SAYS_FAILED -> skip
  :: leg[l] == STUCK_REFUSED && says == SAYS_REFUSED -> skip
  :: leg[l] == STUCK_FAILED && says >= SAYS_FAILED -> skip
  :: (leg[l] == AWAITING || leg[l] == TIMED_OUT || leg[l] == STUCK_REFUSED) && OUTDATED(l, says) -> skip
  :: else -> awaited(l, says)
  fi
}

/* One of them, whichever: replies and commands overtake each other. */
inline anyOf(set, one) {
  one = 1;
  do
  :: set & one -> break
  :: set & ~(one | one - 1) -> one = one << 1
  od
}

#ifdef NO_ROW_LOCK                        /* what one replica has read, and writes back over what the other one has written */
mtype sawPhase, sawLeg[LEGS];
bool remembers;
#endif

/* Everything that happens to the row on behalf of one step, by whichever replica of the service. */
proctype Orchestrator(byte s) {
  byte l, says;
end:
  do
  :: atomic { (reply[s] | reply[UNDO(s)]) ->                                /* a crash before the commit: it is delivered again */
       if :: reply[s] -> l = s :: reply[UNDO(s)] -> l = UNDO(s) fi;
       anyOf(reply[l], says);
       if
       :: reply[l] = reply[l] & ~says
       :: faults -> faults--              /* a duplicate */
       fi;
#ifdef NO_AWAITED_COMMAND
       if :: leg[UNDO(s)] == AWAITING -> l = UNDO(s) :: else fi;
#endif
       replied(l, says); l = 0; says = 0 }
#ifndef NO_SWEEP
  :: atomic { !ENDED && !parked && leg[CURRENT(s)] == AWAITING && !command[CURRENT(s)] && !reply[CURRENT(s)] ->
       l = CURRENT(s); resend(l); l = 0 }
  :: atomic { !ENDED && !parked && leg[CURRENT(s)] == BACKING_OFF -> l = CURRENT(s); attempt(l); l = 0 }
#endif
  :: atomic { faults && !ENDED && !parked && leg[CURRENT(s)] == AWAITING && !command[CURRENT(s)] -> 
       faults--; l = CURRENT(s); resend(l); l = 0 }
  :: atomic { faults && !ENDED && !parked && leg[CURRENT(s)] == AWAITING ->
       faults--; l = CURRENT(s); giveUp(l, TIMED_OUT); goOn(); l = 0 }
  :: atomic { parked && IS_STUCK(CURRENT(s)) ->                             /* the operator's RETRY */
       l = CURRENT(s);
       if
       :: leg[l] == TIMED_OUT -> leg[l] = AWAITING; resend(l)
       :: else -> attempt(l)
       fi;
       settle(); l = 0 }
#ifdef NO_ROW_LOCK
  :: atomic { s == 0 && !remembers ->
       remembers = true; sawPhase = phase;
       do :: i < LEGS -> sawLeg[i] = leg[i]; i++ :: else -> break od; i = 0 }
  :: atomic { s == 0 && remembers && sawPhase == RUNNING && sawLeg[PIVOT] == IDLE ->    /* a cancellation, decided on what it saw */
       phase = sawPhase; sawPhase = IDLE;
       do :: i < LEGS -> leg[i] = sawLeg[i]; i++ :: else -> break od; i = 0;
       turn(); goOn() }
#endif
#ifdef NO_OUTBOX_IN_TRANSACTION
  :: atomic { faults && s == PIVOT && phase == RUNNING && leg[0] == AWAITING && leg[1] == DONE && (reply[0] & SAYS_DONE) ->
       faults--; command[PIVOT] = 1 }     /* sent on the way to a commit that never came */
#endif
  od
}

/* At most one cancellation, at any time. */
proctype Customer() {
  if
  :: true                                 /* none */
  :: atomic { phase == RUNNING ->
       wish = true;
       if
#ifdef NO_PIVOT
       :: true -> turn(); goOn()
#else
       :: leg[PIVOT] == IDLE -> turn(); goOn()
       :: else                            /* CANCELLING: the pivot's verdict decides */
#endif
       fi }
  fi
}

inline refuse(l, one) { barrier[l] = REFUSED; refused[l] = refused[l] | one; reply[l] = reply[l] | SAYS_REFUSED }
inline fail(l, one) { broken[l] = broken[l] | one; reply[l] = reply[l] | SAYS_FAILED * one }

/* One participant per step, as Judge has it. */
proctype Participant(byte s) {
  byte l, one;
end:
  do
  :: atomic { (command[s] | command[UNDO(s)]) ->
       if :: command[s] -> l = s :: command[UNDO(s)] -> l = UNDO(s) fi;
       anyOf(command[l], one);
       if
       :: command[l] = command[l] & ~one
       :: faults -> faults--              /* a duplicate */
       fi;
       if
       :: broken[l] & one -> fail(l, one)
       :: !(broken[l] & one) && (refused[l] & one) -> reply[l] = reply[l] | SAYS_REFUSED
       :: !((broken[l] | refused[l]) & one) && barrier[l] == DONE -> reply[l] = reply[l] | SAYS_DONE
       :: !((broken[l] | refused[l]) & one) && barrier[l] == BLOCKED ->
          refused[l] = refused[l] | one; reply[l] = reply[l] | SAYS_REFUSED
       :: !((broken[l] | refused[l]) & one) && l >= STEPS && barrier[l] != DONE && barrier[s] != DONE ->
#ifndef NO_BARRIER
          barrier[s] = BLOCKED;
#endif
          reply[l] = reply[l] | SAYS_DONE
       :: !((broken[l] | refused[l]) & one) && barrier[l] != DONE && barrier[l] != BLOCKED && (l < STEPS || barrier[s] == DONE) ->
          if
          :: barrier[l] = DONE; reply[l] = reply[l] | SAYS_DONE
          :: l <= PIVOT -> refuse(l, one)                                   /* a verdict like any other */
          :: l > PIVOT && faults -> faults--; refuse(l, one)
          :: faults -> faults--; fail(l, one)
          fi
       fi;
       assert(phase != COMPENSATED || NONE_STANDS);                         /* 3: compensated, and a late command is done */
       l = 0; one = 0 }
  :: atomic { faults && command[s] -> faults--; command[s] = 0 }
  :: atomic { faults && command[UNDO(s)] -> faults--; command[UNDO(s)] = 0 }
  :: atomic { faults && reply[s] -> faults--; reply[s] = 0 }
  :: atomic { faults && reply[UNDO(s)] -> faults--; reply[UNDO(s)] = 0 }
  od
}

init {
  atomic {
    goOn();
    run Orchestrator(0); run Orchestrator(1); run Orchestrator(2); run Orchestrator(3);
    run Participant(0); run Participant(1); run Participant(2); run Participant(3);
    run Customer()
  }
  timeout;                                /* nothing more can happen */
  assert(ENDED || parked);                                                  /* 4: nothing is stuck in silence */
  assert(ENDED)                                                             /* 1: every saga ends */
}
