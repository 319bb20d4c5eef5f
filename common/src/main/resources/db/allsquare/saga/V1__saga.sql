-- One row per saga: everything its next transition is decided on, and the lock that decides who may.
create table saga (
    id           uuid        not null primary key,
    type         text        not null,
    version      int         not null,
    business_key text        not null,
    state        text        not null check (state in ('RUNNING', 'COMPENSATING', 'COMPLETED', 'COMPENSATED', 'PARKED')),
    -- What a parked saga was doing, and goes on with: forward (ACTION) or back (COMPENSATION).
    direction    text        not null check (direction in ('ACTION', 'COMPENSATION')),
    reason       text,
    parked       text check ((parked is not null) = (state = 'PARKED')),
    data         jsonb       not null,
    steps        jsonb       not null,
    waiting_for  text[]      not null,
    revision     int         not null,
    -- The sweep looks at the saga no earlier than this. A hint: never later than the earliest time at
    -- which one of its steps is due, and moved only when it must be, so that the updates between a saga's
    -- start and its end touch no index.
    wake_at      timestamptz,
    created_at   timestamptz not null default clock_timestamp(),
    updated_at   timestamptz not null default clock_timestamp()
) with (fillfactor = 70);

create index saga_to_wake on saga (wake_at) where wake_at is not null;
create index saga_live on saga (state, id) where state in ('RUNNING', 'COMPENSATING', 'PARKED');
create index saga_by_business_key on saga (business_key);

-- Everything that ever happened to a saga: one row per transaction that changed it.
create table saga_history (
    saga_id  uuid        not null,
    revision int         not null,
    at       timestamptz not null default clock_timestamp(),
    entries  jsonb       not null,
    primary key (saga_id, revision)
);

-- The processes that live, and the definitions their code has: new sagas take the highest version that
-- all of them know.
create table saga_replica (
    instance    text        not null primary key,
    definitions jsonb       not null,
    seen_at     timestamptz not null
) with (fillfactor = 50);
