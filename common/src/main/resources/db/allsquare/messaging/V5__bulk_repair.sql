-- A repair of many at once. Whoever works on it holds the lock of its row, and no lease has to end when it dies.
create table bulk_repair (
    id         uuid        not null primary key default uuidv7(),
    action     text        not null,
    filter     jsonb       not null,
    actor      text        not null check (actor <> ''),
    reason     text        not null check (reason <> ''),
    -- items a second
    rate       int         not null check (rate > 0),
    items      int         not null,
    created_at timestamptz not null default clock_timestamp(),
    -- No item is tried earlier: the rate holds for all replicas together, and over restarts.
    next_at    timestamptz not null default clock_timestamp(),
    ended_at   timestamptz
);

create index bulk_repair_open on bulk_repair (next_at) where ended_at is null;

create table bulk_repair_item (
    job      uuid        not null references bulk_repair,
    position int         not null,
    subject  text        not null,
    -- as it was when the job was made: what has changed since is not repaired
    version  int,
    -- absent until it was tried: DONE, or the problem's type
    result   text,
    detail   text,
    at       timestamptz,
    primary key (job, position)
);

create index bulk_repair_item_open on bulk_repair_item (job, position) where result is null;
