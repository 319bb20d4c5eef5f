/*
 * Inbox and barrier of one step: two attempts of its command, two of its compensation, each delivered any number of
 * times and in any order, to two consumers at once (a rebalance leaves the old one running for a while).
 */
#include "promises.pml"

#define ACTION(id) ((id) < 2) /* messages 0 and 1 command, 2 and 3 undo */

mtype = { NONE, DONE, REFUSED, BLOCKED, COMPENSATED, FAILED };
mtype inbox[4] = NONE;        /* verdict by message id */
mtype action = NONE;          /* the barrier's rows */
mtype compensation = NONE;
mtype told[4] = NONE;         /* the final verdict that the saga was given */
byte applied, undone;         /* how often the handlers had their effect */

proctype Consumer() {
  byte id;
  mtype verdict, newAction, newCompensation, sawInbox, sawAction, sawCompensation;
  bit effect;
end:
  do
  :: atomic { /* Records.read */
       select(id : 0 .. 3);
       sawInbox = inbox[id]; sawAction = action; sawCompensation = compensation;
#ifdef NO_INBOX
       sawInbox = NONE;
#endif
#ifdef NO_BARRIER
       sawAction = (sawAction == BLOCKED -> NONE : sawAction);
#endif
     }
     d_step { newAction = sawAction; newCompensation = sawCompensation; verdict = NONE; effect = 0 }
     atomic { /* Judge, and the handler */
       if
       :: sawInbox != NONE -> verdict = sawInbox
       :: sawInbox == NONE && ACTION(id) && sawAction == DONE -> verdict = DONE
       :: sawInbox == NONE && ACTION(id) && sawAction == BLOCKED -> verdict = COMPENSATED
       :: sawInbox == NONE && ACTION(id) && (sawAction == NONE || sawAction == REFUSED) ->
          if
          :: verdict = DONE; newAction = DONE; effect = 1
          :: verdict = REFUSED; newAction = REFUSED
          :: verdict = FAILED /* the handler broke: dead letter, no barrier row */
          fi
       :: sawInbox == NONE && !ACTION(id) && sawCompensation == DONE -> verdict = DONE
       :: sawInbox == NONE && !ACTION(id) && sawCompensation != DONE && sawAction == DONE ->
          if
          :: verdict = DONE; newCompensation = DONE; effect = 1
          :: verdict = FAILED
          fi
       :: sawInbox == NONE && !ACTION(id) && sawCompensation != DONE && sawAction != DONE ->
          verdict = DONE; newAction = BLOCKED /* the empty compensation */
       fi
     }
#ifdef TWO_TRANSACTIONS
     atomic { /* the effect first, the inbox and the barrier in another transaction: it may die in between */
       if
       :: effect && ACTION(id) -> applied++
       :: effect && !ACTION(id) -> undone++
       :: else
       fi;
       effect = 0;
       promise(applied <= 1 && undone <= 1, "2 an effect happened twice")
     }
     if
     :: goto end
     :: true
     fi;
#endif
     atomic { /* Records.write: effect, inbox, barrier and reply in one transaction */
       if
#ifndef NO_RACE_CHECK
       :: sawInbox == NONE && (inbox[id] != NONE
            || (newAction != sawAction && action != sawAction && action != REFUSED)
            || (newCompensation != sawCompensation && compensation != sawCompensation)) ->
          skip /* LostRace: rolled back, delivered again */
       :: !(sawInbox == NONE && (inbox[id] != NONE
            || (newAction != sawAction && action != sawAction && action != REFUSED)
            || (newCompensation != sawCompensation && compensation != sawCompensation))) ->
#else
       :: true ->
#endif
          inbox[id] = verdict;
          if :: newAction != sawAction -> action = newAction :: else fi;
          if :: newCompensation != sawCompensation -> compensation = newCompensation :: else fi;
          if
          :: effect && ACTION(id) -> applied++
          :: effect && !ACTION(id) -> undone++
          :: else
          fi;
          promise(told[id] == NONE || told[id] == verdict || told[id] == FAILED, "2 one message got two verdicts");
          told[id] = verdict;
          promise(applied <= 1 && undone <= 1, "2 an effect happened twice");
          promise(undone <= applied, "6 what was never done was undone");
          promise(applied == undone || !(told[2] == DONE || told[3] == DONE), "3 a compensated step stays done")
       fi
     }
     d_step {
       id = 0; verdict = NONE; newAction = NONE; newCompensation = NONE; effect = 0;
       sawInbox = NONE; sawAction = NONE; sawCompensation = NONE
     }
  od
}

init { atomic { run Consumer(); run Consumer() } }
