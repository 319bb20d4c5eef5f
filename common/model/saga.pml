/*
 * A saga: steps A and B in parallel, the pivot P, the retriable R; the sagas' wire and their participants.
 *
 * A command or a reply is a bit: on the wire or not. So messages overtake each other freely, and a delivery that leaves
 * the bit where it is is a duplicate. Losses, duplicates, resends, timeouts and repairs are bounded, so every run ends.
 */
#include "promises.pml"

#ifndef LOSSES
#define LOSSES 1
#endif
#ifndef DUPLICATES
#define DUPLICATES 1
#endif
#ifndef TIMEOUTS
#define TIMEOUTS 1
#endif
#ifndef REPAIRS
#define REPAIRS 1
#endif

/* The legs of Leg.java: what is done, and what is undone. */
#define A      0
#define B      1
#define P      2
#define R      3
#define UNDO_A 4
#define UNDO_B 5
#define LEGS   6

#define BIT(m)       (1 << (m))
#define IS_UNDO(m)   ((m) >= UNDO_A)
#define NO_WAY_BACK(m) ((m) >= P)

mtype = { IDLE, AWAITING, DONE, REFUSED, GIVEN_UP, STUCK, BLOCKED, RUNNING, COMPENSATING, COMPLETED, COMPENSATED };

mtype leg[LEGS] = IDLE;
mtype phase = RUNNING;
byte ended;                   /* how often a terminal state was entered */
bit parked, wish;             /* wish: a cancellation that came too late to turn the saga */
byte commands, replies;       /* on the wire */
mtype verdict[LEGS] = IDLE;   /* the participants' barriers, and with them the verdict that a duplicate is given again */
byte effect;                  /* of A, B, P, R: what is truly done */
byte losses = LOSSES, duplicates = DUPLICATES, timeouts = TIMEOUTS, repairs = REPAIRS, resends = LOSSES + REPAIRS;

inline command(m) { leg[m] = AWAITING; commands = commands | BIT(m) }

#ifdef UNDO_ONLY_WHAT_ANSWERED
#define MAYBE_DONE(m) (leg[m] == DONE)
#else
#define MAYBE_DONE(m) (leg[m] == DONE || leg[m] == GIVEN_UP)
#endif

inline enter(how) {
  phase = how;
  ended++;
  promise(ended == 1, "1 a second terminal state")
}

/* Transition.goForward and Retreat.goBack: command what is next, in the direction the saga has. */
inline goOn() {
  if
  :: phase == RUNNING && leg[A] == IDLE -> command(A); command(B)
  :: phase == RUNNING && leg[A] == DONE && leg[B] == DONE && leg[P] == IDLE -> command(P)
  :: phase == RUNNING && leg[P] == DONE && leg[R] == IDLE -> command(R)
  :: phase == RUNNING && leg[P] == DONE && leg[R] == DONE -> enter(COMPLETED)
  :: phase == COMPENSATING ->
     if :: MAYBE_DONE(A) && leg[UNDO_A] == IDLE -> command(UNDO_A) :: else fi;
     if :: MAYBE_DONE(B) && leg[UNDO_B] == IDLE -> command(UNDO_B) :: else fi;
     if
     :: (leg[UNDO_A] == DONE || (leg[UNDO_A] == IDLE && !MAYBE_DONE(A))) &&
        (leg[UNDO_B] == DONE || (leg[UNDO_B] == IDLE && !MAYBE_DONE(B))) -> enter(COMPENSATED)
     :: else
     fi
  :: else
  fi;
#ifndef NO_PARKING
  parked = (phase == RUNNING && (leg[P] == STUCK || leg[R] == STUCK)) ||
           (phase == COMPENSATING && (leg[UNDO_A] == STUCK || leg[UNDO_B] == STUCK));
#endif
  books()
}

/* Retreat.turn */
inline turn() {
  phase = COMPENSATING;
  if :: leg[A] == AWAITING -> leg[A] = GIVEN_UP :: else fi;
  if :: leg[B] == AWAITING -> leg[B] = GIVEN_UP :: else fi
}

/* Holds after every transaction, the participants' too. */
inline books() {
  promise(!((effect & BIT(P)) && (phase == COMPENSATING || phase == COMPENSATED)), "3 a saga turned past its pivot");
  promise(phase != COMPLETED || effect == 15, "3 completed, but not all is done");
  promise(phase != COMPENSATED || effect == 0, "3 compensated, but a step stays done");
  promise(!(effect & BIT(P)) || (effect & 3) == 3, "3 the pivot is done, a step before it is not")
}

#define ACTIVE (phase == RUNNING || phase == COMPENSATING)

/* Transition.replied, on the locked row. The verdict is read off the wire with the message, and never changes but by a new attempt. */
inline replied(m) {
  (replies & BIT(m)) ->
  if
  :: replies = replies & ~BIT(m)
  :: duplicates -> duplicates--
  fi;
  if
#ifdef NO_AWAITED_GUARD
  :: leg[m] == DONE && verdict[m] == DONE && !IS_UNDO(m) && phase == RUNNING -> /* credited to whichever step waits */
     if
     :: leg[A] == AWAITING -> leg[A] = DONE
     :: leg[B] == AWAITING -> leg[B] = DONE
     :: leg[P] == AWAITING -> leg[P] = DONE
     :: leg[R] == AWAITING -> leg[R] = DONE
     :: else
     fi;
     goOn()
#endif
  :: (leg[m] == AWAITING || leg[m] == STUCK) && verdict[m] == DONE -> leg[m] = DONE; goOn()
  :: leg[m] == AWAITING && verdict[m] != DONE && (!NO_WAY_BACK(m) || m == P) -> leg[m] = REFUSED; turn(); goOn()
  :: leg[m] == STUCK && verdict[m] != DONE && m == P -> leg[m] = REFUSED; turn(); goOn()
  :: leg[m] == AWAITING && verdict[m] != DONE && NO_WAY_BACK(m) && m != P -> leg[m] = STUCK; goOn()
  :: leg[m] == GIVEN_UP -> leg[m] = (verdict[m] == DONE -> DONE : REFUSED) /* late: its compensation takes care of it */
  :: else /* a duplicate */
  fi
}

#define DUE(m) (leg[m] == AWAITING && ACTIVE && !parked)

/* Patience.look: ask again with the same message ... */
inline resent(m) {
  DUE(m) && resends && !(commands & BIT(m)) && !(replies & BIT(m)) -> resends--; commands = commands | BIT(m)
}

/* ... and at last give up: what has a way back is undone, the rest waits for a reply or an operator. */
inline timedOut(m) {
  DUE(m) && timeouts -> timeouts--;
  if
  :: !NO_WAY_BACK(m) -> turn()
#ifdef PIVOT_TIMEOUT_TURNS
  :: m == P -> leg[P] = REFUSED; turn()
  :: NO_WAY_BACK(m) && m != P -> leg[m] = STUCK
#else
  :: NO_WAY_BACK(m) -> leg[m] = STUCK
#endif
  fi;
  goOn()
}

/* Repairs: an operator has a stuck step tried again. */
inline repaired(m) {
  parked && leg[m] == STUCK && repairs ->
  repairs--;
  if :: verdict[m] == REFUSED -> verdict[m] = IDLE :: else fi; /* a new attempt may end differently */
  command(m); goOn()
}

/*
 * What happens to one leg; every branch is one transaction on the locked saga. A crash between two of them changes
 * nothing here, and one in the middle is as if the transaction had not begun.
 */
proctype Orchestrator(byte m) {
end:
  do
  :: atomic { replied(m) }
#ifndef NO_RESEND
  :: atomic { resent(m) }
#endif
  :: atomic { timedOut(m) }
  :: atomic { repaired(m) }
#ifdef SEND_BEFORE_COMMIT
  :: atomic { /* the command is out, and the transaction that would have remembered it is not */
       m == P && phase == RUNNING && leg[P] == AWAITING && losses -> losses--; leg[P] = IDLE
     }
#endif
  od
}

/* Transition.turnRound, at most once, at any time. */
proctype Customer() {
end:
  atomic {
    ACTIVE ->
    if
#ifdef TURN_PAST_PIVOT
    :: phase == RUNNING -> turn(); goOn()
#else
    :: phase == RUNNING && leg[P] == IDLE -> turn(); goOn()
    :: phase == RUNNING && leg[P] != IDLE -> wish = 1
#endif
    :: phase != RUNNING
    fi
  }
}

inline decide(m) {
  if
  :: verdict[m] = DONE;
     effect = (IS_UNDO(m) -> effect & ~BIT(m - UNDO_A) : effect | BIT(m))
  :: verdict[m] = REFUSED
  fi
}

/* Judge: one transaction per command; a duplicate is given the verdict that is kept. */
inline commanded(m) {
  (commands & BIT(m)) ->
  if
  :: commands = commands & ~BIT(m)
  :: duplicates -> duplicates--
  fi;
  if
  :: verdict[m] != IDLE ->
#ifdef NO_REPEATED_ANSWER
     skip
#else
     replies = replies | BIT(m)
#endif
  :: verdict[m] == IDLE && IS_UNDO(m) && verdict[m - UNDO_A * IS_UNDO(m)] != DONE -> /* the empty compensation */
     verdict[m] = DONE;
#ifndef NO_BARRIER
     if :: verdict[m - UNDO_A * IS_UNDO(m)] == IDLE -> verdict[m - UNDO_A * IS_UNDO(m)] = BLOCKED :: else fi;
#endif
     replies = replies | BIT(m)
  :: verdict[m] == IDLE && !(IS_UNDO(m) && verdict[m - UNDO_A * IS_UNDO(m)] != DONE) ->
     decide(m); replies = replies | BIT(m)
  fi;
  books()
}

proctype Participant(byte m) {
end:
  do
  :: atomic { commanded(m) }
  :: atomic { losses && (commands & BIT(m)) -> losses--; commands = commands & ~BIT(m) }
  :: atomic { losses && (replies & BIT(m)) -> losses--; replies = replies & ~BIT(m) }
  od
}

init {
  byte m;
  atomic {
    goOn();
    do
    :: m < LEGS -> run Orchestrator(m); run Participant(m); m++
    :: m == LEGS -> break
    od;
    run Customer()
  }
  timeout -> /* nothing more can happen */
  promise(ended == 1 || parked, "4 stuck in silence: neither ended nor parked")
}
