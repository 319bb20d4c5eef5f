/*
 * Inbox and barrier: one step of one saga, two attempts of its command and its compensation, and two consumers at once
 * (after a rebalance the old one may still be at work). Promises 2 and 3.
 *
 * The topic is a set of messages: they come in any order, and a delivery that leaves its message there is a duplicate.
 */
#ifndef FAULTS
#define FAULTS 3                          /* so many in one run, of whatever kind */
#endif
/* Message ids. */
#define COMMAND   0                       /* and 1: its second attempt */
#define UNDO      2
#define MESSAGES  3
#define IS_ACTION(m) ((m) < UNDO)

mtype = { NONE, DONE, REFUSED, FAILED, BLOCKED };
mtype inbox[MESSAGES] = NONE;             /* the verdict by message id */
mtype action = NONE, undo = NONE;         /* the barrier's rows of this step, by direction */
bool stands;                              /* the effect in the participant's own tables */
byte acted, undid;                        /* how often the handlers had their effect */
mtype told[MESSAGES] = NONE;              /* the replies: kept, so that the saga may read them as late as it likes */
bool topic[MESSAGES];
byte faults = FAULTS;

#define TOLD_UNDONE  (told[UNDO] == DONE)
#define TOLD_REFUSED (told[COMMAND] == REFUSED || told[COMMAND + 1] == REFUSED)

inline haveEffect(m) {
  if
  :: IS_ACTION(m) -> stands = true; acted++
  :: !IS_ACTION(m) && stands -> stands = false; undid++
  :: else
  fi;
  assert(acted <= 1 && undid <= acted)                                      /* 2: nothing happens twice */
}

active [2] proctype Consumer() {
  byte m;
  mtype outcome = NONE, newAction = NONE, newUndo = NONE;
  bool known, effect;
end:
  do
  :: atomic {                             /* Records.read, Judge.judge and the handler, in memory */
       if
       :: topic[0] -> m = 0
       :: topic[1] -> m = 1
       :: topic[2] -> m = 2
       fi;
       if
#ifndef NO_INBOX
       :: inbox[m] != NONE -> known = true; outcome = inbox[m]
#endif
#ifndef NO_BARRIER
       :: inbox[m] == NONE && IS_ACTION(m) && action == DONE -> outcome = DONE
       :: inbox[m] == NONE && IS_ACTION(m) && action == BLOCKED -> outcome = REFUSED      /* the late command */
       :: inbox[m] == NONE && !IS_ACTION(m) && undo == DONE -> outcome = DONE
       :: inbox[m] == NONE && !IS_ACTION(m) && undo != DONE && action != DONE ->          /* the empty compensation */
          outcome = DONE;
#ifndef NO_BLOCKED_COMMAND
          newAction = (action == BLOCKED -> NONE : BLOCKED)
#endif
       :: inbox[m] == NONE && (IS_ACTION(m) && action != DONE && action != BLOCKED
                           || !IS_ACTION(m) && undo != DONE && action == DONE) ->
#else
       :: inbox[m] == NONE ->
#endif
          if
          :: outcome = DONE; effect = true
          :: IS_ACTION(m) -> outcome = REFUSED
          :: IS_ACTION(m) && faults -> outcome = FAILED; faults--                         /* it broke: a dead letter */
          fi;
          if
          :: outcome != FAILED && IS_ACTION(m) -> newAction = outcome
          :: outcome != FAILED && !IS_ACTION(m) -> newUndo = outcome
          :: else
          fi
       fi;
#ifdef NO_EFFECT_IN_TRANSACTION
       if :: effect -> haveEffect(m); effect = false :: else fi
#endif
     }
     if
     :: atomic {                          /* Records.write: on conflict do nothing, and the row counts tell */
#ifndef NO_LOST_RACE
          !(!known && inbox[m] != NONE) &&
          !(newAction != NONE && (action == DONE || action == BLOCKED)) &&
          !(newUndo != NONE && undo == DONE) ->
#endif
          if :: effect -> haveEffect(m) :: else fi;
          if :: newAction != NONE && (action == NONE || action == REFUSED) -> action = newAction :: else fi;
          if :: newUndo != NONE && (undo == NONE || undo == REFUSED) -> undo = newUndo :: else fi;
#ifndef NO_INBOX
          if :: inbox[m] == NONE -> inbox[m] = outcome :: else fi;
#endif
          assert(told[m] == NONE || told[m] == outcome);                    /* 2: a duplicate is told what the first was told */
          told[m] = outcome;
          assert(!(TOLD_UNDONE && stands));                                 /* 3: a compensated step never stays done */
          assert(!(TOLD_REFUSED && stands));                                /* 3: a refused step never stays done */
          if
          :: topic[m] = false
          :: faults -> faults--           /* the offset was not committed: again */
          fi
        }
     :: true                              /* a lost race, or a crash: rolled back, and delivered again */
     fi;
     d_step { m = 0; outcome = NONE; newAction = NONE; newUndo = NONE; known = false; effect = false }
  od
}

/* What a saga does with one step. It may turn round at any time: a timeout, a refused sibling, a cancellation. */
active proctype Saga() {
  bool turned;
  topic[COMMAND] = true;
  do
  :: d_step { !turned && told[COMMAND] == FAILED && told[COMMAND + 1] == NONE && !topic[COMMAND + 1] -> topic[COMMAND + 1] = true }
  :: d_step { !turned -> turned = true; topic[UNDO] = true }
  :: !turned && (TOLD_REFUSED || told[COMMAND] == DONE || told[COMMAND + 1] == DONE || told[COMMAND + 1] == FAILED) -> break
  :: TOLD_UNDONE -> break
  od;
  timeout;
  assert(turned || stands || TOLD_REFUSED || told[COMMAND + 1] == FAILED);  /* 1: what was told done is done */
}
