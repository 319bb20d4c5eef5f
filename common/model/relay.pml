/*
 * The outbox relay: two relays, one shard, two keys. Rows are bits; a row's number is its seq.
 *
 * Whatever fails costs one of FAULTS, so every run ends, and an end that is not the good one is seen.
 * A relay may stand still between any two steps: between the look at its lease and the send, too.
 */
#include "promises.pml"

#ifndef FAULTS
#define FAULTS 2
#endif
#define KEY_A  5 /* rows 0 and 2 */
#define KEY_B  2 /* row 1 */
#define ALL    7
#define NOBODY 2

#define BIT(row)     (1 << (row))
#define ROWS_OF(key) ((key) == 0 -> KEY_A : KEY_B)
#define EARLIER(row) ((BIT(row) - 1) & ((BIT(row) & KEY_A) -> KEY_A : KEY_B))

byte committed, outbox;        /* rows ever committed; rows still in the table */
byte topic;                    /* rows the log has at least once */
byte onTheWire[2];             /* rows relay i sent, and the log has not (yet) */
byte faults = FAULTS;

byte owner = NOBODY;           /* the lease in the database */
bit valid[2];                  /* what relay i believes by its own clock */

/* Per relay and key, index 2 * relay + key: a lane is the rows that one select found. */
mtype = { IDLE, READY, LOOKED, UNACKNOWLEDGED, ACKNOWLEDGED, FAILED };
mtype state[4] = IDLE;
byte lane[4], head[4];
byte sent[2];                  /* acknowledged, not deleted yet */
byte unacknowledged[4];
byte cursor[2];                /* for the tooth CURSOR only */

#define FIRST(rows) (((rows) & 1) -> 0 : (((rows) & 2) -> 1 : 2))

/* An order's rows get their seq under its row lock, so one key's rows commit in the order of seq. Different keys do not. */
proctype Writer(byte rows) {
  byte row;
  do
  :: rows == 0 -> break
  :: rows != 0 -> d_step {
       row = FIRST(rows);
       rows = rows & ~BIT(row); committed = committed | BIT(row); outbox = outbox | BIT(row); row = 0
     }
#ifdef NO_ROW_LOCK
  :: (rows & (rows - 1)) -> d_step { /* the second one commits first */
       row = FIRST(rows & (rows - 1));
       rows = rows & ~BIT(row); committed = committed | BIT(row); outbox = outbox | BIT(row); row = 0
     }
#endif
  od
}

/* Leases.beat, and time: a relay measures from before it asked, so its own clock ends a lease before the database's does. */
proctype Time(byte me) {
end:
  do
#ifdef NO_LEASE
  :: atomic { !valid[me] -> valid[me] = 1 }
#else
  :: atomic { !valid[me] && (owner == NOBODY || owner == me) && outbox -> owner = me; valid[me] = 1 }
#endif
  :: atomic { valid[me] && faults -> faults--; valid[me] = 0 } /* also in mid-send */
  :: atomic { !valid[me] && owner == me -> owner = NOBODY }    /* takeover is possible */
  od
}

#define I (2 * me + key)

proctype Relay(byte me) {
  byte key, found;
end:
  do
  :: atomic { /* OutboxTable.EXCHANGE: one statement deletes what the log has and selects what is next */
       valid[me] && (outbox || sent[me]) && (
         (state[2 * me] == IDLE && (outbox & KEY_A & ~sent[me])) ||
         (state[2 * me + 1] == IDLE && (outbox & KEY_B & ~sent[me])) || sent[me]) ->
       promise(!(valid[0] && valid[1]), "5 two relays drain one shard at the same time");
       found = outbox & ~sent[me];
#ifdef CURSOR
       found = found & ~(BIT(cursor[me]) - 1);
       if
       :: found >= 4 -> cursor[me] = 3
       :: found >= 2 && found < 4 -> cursor[me] = 2
       :: found == 1 -> cursor[me] = 1
       :: else
       fi;
#endif
       outbox = outbox & ~sent[me];
       sent[me] = 0;
       key = 0;
       do
       :: key < 2 ->
          if
          :: state[I] == IDLE && (found & ROWS_OF(key)) ->
             lane[I] = found & ROWS_OF(key); state[I] = READY
          :: else
          fi;
          key++
       :: key == 2 -> break
       od;
       key = 0; found = 0
     }
  :: atomic { /* kill -9, and a second life that knows nothing */
       faults -> faults--;
       valid[me] = 0; sent[me] = 0; cursor[me] = 0;
       key = 0;
       do
       :: key < 2 -> lane[I] = 0; head[I] = 0; unacknowledged[I] = 0; state[I] = IDLE; key++
       :: key == 2 -> break
       od;
       key = 0
     }
  od
}

/* Lane, and Relay.sendHead, acknowledged, failed. A process per key, so that each may stand still alone. */
proctype Lane(byte me; byte key) {
end:
  do
  :: atomic { /* the lease is looked at ... */
       state[I] == READY ->
       if
       :: valid[me] -> head[I] = FIRST(lane[I]); state[I] = LOOKED
       :: else -> lane[I] = 0; head[I] = 0; state[I] = IDLE
       fi
     }
  :: atomic { /* ... and only then the record is sent: no lease can fence that */
       state[I] == LOOKED ->
       onTheWire[me] = onTheWire[me] | BIT(head[I]); unacknowledged[I]++; state[I] = UNACKNOWLEDGED;
       promise(unacknowledged[I] <= 1, "5 two unacknowledged records of one key");
#ifdef DELETE_BEFORE_ACK
       outbox = outbox & ~BIT(head[I]);
#endif
     }
#ifdef MANY_IN_FLIGHT
  :: atomic { /* does not wait for the acknowledgement */
       state[I] == UNACKNOWLEDGED && (lane[I] & ~BIT(head[I])) ->
       lane[I] = lane[I] & ~BIT(head[I]); head[I] = FIRST(lane[I]); state[I] = LOOKED
     }
#endif
  :: atomic {
       state[I] == ACKNOWLEDGED ->
       sent[me] = sent[me] | BIT(head[I]); lane[I] = lane[I] & ~BIT(head[I]); head[I] = 0;
       state[I] = (lane[I] -> READY : IDLE)
     }
  :: atomic {
       state[I] == FAILED ->
#ifdef GO_ON_AFTER_FAILURE
       lane[I] = lane[I] & ~BIT(head[I]); head[I] = 0; state[I] = (lane[I] -> READY : IDLE);
#else
       lane[I] = 0; head[I] = 0; state[I] = IDLE; /* the next select finds the same row again */
#endif
     }
  od
}

#define AWAITS(row) (state[I] == UNACKNOWLEDGED && head[I] == row)

inline arrives(row) {
  onTheWire[me] & BIT(row) ->
  onTheWire[me] = onTheWire[me] & ~BIT(row);
  promise((EARLIER(row) & ~topic) == 0 || (topic & BIT(row)), "5 first occurrences do not ascend");
  topic = topic | BIT(row);
  key = ((BIT(row) & KEY_A) -> 0 : 1);
  if
  :: AWAITS(row) -> unacknowledged[I]--; state[I] = ACKNOWLEDGED
  :: AWAITS(row) && faults -> faults--; unacknowledged[I]--; state[I] = FAILED /* the acknowledgement is lost */
  :: !AWAITS(row)
  fi;
  key = 0
}

inline fails(k) {
  state[2 * me + k] == UNACKNOWLEDGED && faults -> faults--; key = k;
  if
  :: onTheWire[me] = onTheWire[me] & ~BIT(head[I])
  :: true /* the client gave up (delivery.timeout.ms), and the record arrives later all the same */
  fi;
  unacknowledged[I]--; state[I] = FAILED; key = 0
}

/* Between the relay and the topic: appends in any order what is on the wire, and loses records and acknowledgements. */
proctype Log(byte me) {
  byte key;
end:
  do
  :: atomic { arrives(0) }
  :: atomic { arrives(1) }
  :: atomic { arrives(2) }
  :: atomic { fails(0) }
  :: atomic { fails(1) }
  od
}

init {
  atomic {
    run Writer(KEY_A); run Writer(KEY_B);
    run Time(0); run Time(1); run Relay(0); run Relay(1); run Log(0); run Log(1);
    run Lane(0, 0); run Lane(0, 1); run Lane(1, 0); run Lane(1, 1)
  }
  timeout -> /* nothing more can happen */
  promise(committed == ALL && topic == ALL, "1 a committed row never reached the topic");
  promise((outbox & ~sent[0] & ~sent[1]) == 0, "4 a row stays in the outbox for ever")
}
