-- Partitions are made and dropped by the partition keeper. They follow the time inside the id
-- (UUIDv7), so that one id has one place, whenever it arrives.

create table inbox (
  message_id uuid not null primary key,
  -- DONE, REFUSED, FAILED; PENDING until a late answer comes
  verdict    text not null,
  reason     text,
  -- what a late answer needs to address its reply; null as soon as it was given
  pending    jsonb
) partition by range (message_id);

create index inbox_pending on inbox ((pending -> 'saga' ->> 'sagaId')) where pending is not null;

create table barrier (
  saga_id   uuid not null,
  step      text not null,
  direction text not null,
  -- DONE, REFUSED, PENDING; BLOCKED where a compensation came before its action
  verdict   text not null,
  reason    text,
  primary key (saga_id, step, direction)
) partition by range (saga_id);

create table dead_letter (
  seq     bigint generated always as identity primary key,
  -- the message's id; derived from its place in the log where it had none
  id      uuid not null,
  topic   text not null,
  -- only where the record could not be read
  partition_no  int,
  partition_offset bigint,
  -- bytes and json (not text, not jsonb), because garbage may hold what neither of them takes
  key     bytea,
  headers json not null,
  payload bytea,
  cause   text not null,
  why     text not null,
  -- later messages of this key are held back as dead letters
  parks   boolean not null default false,
  at      timestamptz not null
);

create unique index dead_letter_once on dead_letter (topic, id);
create index dead_letter_parks on dead_letter (topic, key) where parks;
