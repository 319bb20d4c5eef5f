/*
 * The outbox relay: two replicas, one database, one shard, one log. Promise 5, and the outbox's part of promise 1.
 *
 * A set of rows is a bit mask; bit i is the row with seq i. Even rows are of one key, odd rows of the other. One d_step is
 * one statement, or one turn of the relay's thread; between two of them anything may crash, stall, fail or come late.
 */
#ifndef ROWS
#define ROWS 3
#endif
#ifndef FAULTS
#define FAULTS 2                          /* so many in one run, of whatever kind */
#endif
#define ALL       ((1 << ROWS) - 1)
#define EVEN      85                      /* 01010101 */
#define ODD       170
#define FIRST(set) ((set) & -(set))
#define NOBODY    2

byte committed;                           /* every row that was ever committed */
byte outbox;                              /* the table */
byte relaxed;                             /* deleted without waiting for the disk: a crash of the database undoes it */
byte log;                                 /* what has occurred in the log */
byte late;                                /* sent by one who no longer waits for it: comes at any time, or never */
byte owner = NOBODY;                      /* of the shard's lease */
bool ended;                               /* the lease, by the database's clock */
byte faults = FAULTS;

typedef Relay {
  bool valid;                             /* Leases.valid(): by our own clock the lease has not ended */
  byte lane;                              /* selected, not acknowledged; of each key the first is on its way */
  byte flying;                            /* sent, not in the log yet */
  byte arrived;                           /* in the log, not acknowledged yet */
  byte sent;                              /* acknowledged, not deleted yet */
  byte seen                               /* only for those who drain by a cursor */
}
Relay relay[2];
#define UNACKNOWLEDGED(me) (relay[me].flying | relay[me].arrived)

inline append(row, key) {
  assert((log & row) || row == FIRST(ALL & key & ~log));                    /* 5: first occurrences ascend, without a gap */
  log = log | row
}

inline sendHead(me, key) {
  if
#ifndef NO_LEASE_EXPIRY
  :: !relay[me].valid -> relay[me].lane = relay[me].lane & ~key             /* close(lane) */
#endif
  :: else ->
#ifndef ORDER_ALONE
     assert(owner == me && !ended);                                         /* 5: only the holder of the lease sends */
#endif
#ifdef NO_ONE_PER_KEY
     relay[me].flying = relay[me].flying | relay[me].lane & key;
#else
     relay[me].flying = relay[me].flying | FIRST(relay[me].lane & key);
#endif
#ifdef NO_DELETE_AFTER_SEND
     relay[me].sent = relay[me].sent | relay[me].lane & key;
#endif
#ifndef ORDER_ALONE
     assert((UNACKNOWLEDGED(me) & key) == FIRST(UNACKNOWLEDGED(me) & key))  /* 5: one unacknowledged record per key */
#endif
  fi
}

#ifdef NO_DRAIN_BY_ROW
#define FOUND(me) (outbox & ~relay[me].sent & ~relay[me].seen)
#else
#define FOUND(me) (outbox & ~relay[me].sent)
#endif
/* Keys that are on their way are gone past. */
#define WAITS(me, key) (!(relay[me].lane & key) && (FOUND(me) & key))

inline pick(me, key) {
  if
  :: WAITS(me, key) -> relay[me].lane = relay[me].lane | FOUND(me) & key; sendHead(me, key)
  :: else
  fi
}

/* OutboxTable.exchange: one statement deletes what was sent and finds what is next. */
inline exchange(me) {
  relaxed = relaxed | outbox & relay[me].sent;
  outbox = outbox & ~relay[me].sent;
  relay[me].sent = 0;
  pick(me, EVEN);
  pick(me, ODD);
#ifdef NO_DRAIN_BY_ROW
  /* up to the highest seq it has found, whatever is still to be committed below */
  relay[me].seen = relay[me].seen | outbox | outbox >> 1 | outbox >> 2 | outbox >> 3
#endif
}

#ifdef NO_LEASE
#define CAN_TAKE true
#else
#define CAN_TAKE (owner == NOBODY || ended)
#endif

proctype Replica(byte me) {
end:
  do
  :: d_step { !relay[me].valid && CAN_TAKE -> owner = me; ended = false; relay[me].valid = true }
  :: d_step { relay[me].valid && (relay[me].sent || WAITS(me, EVEN) || WAITS(me, ODD)) -> exchange(me) }
  :: d_step { faults && (relay[me].valid || relay[me].lane || relay[me].sent) ->      /* kill -9, and another begins */
       faults--;
       late = late | relay[me].flying;
       relay[me].valid = false; relay[me].lane = 0; relay[me].flying = 0; relay[me].arrived = 0; relay[me].sent = 0;
       relay[me].seen = 0 }
  od
}

/* What becomes of the records of one key that one relay has sent. */
proctype Lane(byte me; byte key) {
  byte row;
end:
  do
  :: d_step { relay[me].flying & key ->
       row = FIRST(relay[me].flying & key);
       append(row, key);
       relay[me].flying = relay[me].flying & ~row;
       relay[me].arrived = relay[me].arrived | row;
       row = 0 }
  :: d_step { relay[me].arrived & key ->                                              /* Relay.acknowledged */
       row = FIRST(relay[me].arrived & key);
       relay[me].arrived = relay[me].arrived & ~row;
       relay[me].lane = relay[me].lane & ~row;
       relay[me].sent = relay[me].sent | row;
       if
       :: relay[me].lane & key & ~UNACKNOWLEDGED(me) -> sendHead(me, key)
       :: else
       fi;
       row = 0 }
  :: d_step { faults && (UNACKNOWLEDGED(me) & key) ->                                 /* Relay.failed: nobody knows whether it came */
       faults--;
       row = FIRST(UNACKNOWLEDGED(me) & key);
       late = late | relay[me].flying & row;
       relay[me].flying = relay[me].flying & ~row;
       relay[me].arrived = relay[me].arrived & ~row;
#ifdef NO_FAILED_SEND
       relay[me].sent = relay[me].sent | row;
#endif
       relay[me].lane = relay[me].lane & ~key;
       row = 0 }
  od
}

/* Seqs are taken before the commit. The aggregate's lock makes that the order of its commits; other keys' are in any order. */
proctype Committer(byte key) {
  byte row;
  do
  :: d_step { ALL & key & ~committed ->
#ifdef NO_AGGREGATE_LOCK
       row = ALL & key & ~committed & ~FIRST(ALL & key & ~committed);
       if
       :: row -> row = FIRST(row)
       :: else -> row = FIRST(ALL & key & ~committed)
       fi;
#else
       row = FIRST(ALL & key & ~committed);
#endif
       outbox = outbox | row;
       committed = committed | row;
       row = 0 }
  :: else -> break
  od
}

proctype World() {
  do
  :: d_step { owner != NOBODY && !ended && !relay[owner].valid -> ended = true }
  :: d_step { faults && owner != NOBODY && !ended && relay[owner].valid ->            /* a stall, be it in mid-send */
       faults--;
       relay[owner].valid = false;
       ended = true }
  :: d_step { late & EVEN -> append(FIRST(late & EVEN), EVEN); late = late & ~FIRST(late & EVEN) }
  :: d_step { late & ODD -> append(FIRST(late & ODD), ODD); late = late & ~FIRST(late & ODD) }
  :: d_step { late -> late = late & ~FIRST(late) }
  :: d_step { relaxed -> relaxed = 0 }                                                /* it has reached the disk */
  :: d_step { faults && relaxed -> faults--; outbox = outbox | relaxed; relaxed = 0 }
  :: timeout ->
     assert(log == ALL && outbox == 0);                                     /* 1: nothing committed is lost, all is drained */
     break
  od
}

init {
  atomic {
    run Replica(0); run Lane(0, EVEN); run Lane(0, ODD);
    run Replica(1); run Lane(1, EVEN); run Lane(1, ODD);
    run Committer(EVEN); run Committer(ODD);
    run World()
  }
}
