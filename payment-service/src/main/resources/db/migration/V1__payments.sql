-- "C" collation: ids are ASCII, and the order in which they are locked must not depend on a locale.
-- Hot: a fifth of every page stays free, so that updates stay on their page and touch no index.
create table wallet (
    customer_id text collate "C",
    currency text collate "C",
    available bigint not null check (available >= 0),
    held bigint not null check (held >= 0),
    opened_at timestamptz not null,
    version bigint not null,
    primary key (customer_id, currency),
    constraint what_is_held_can_come_back check (available <= 9223372036854775807 - held)
) with (fillfactor = 80);

create table payment (
    id uuid primary key,
    order_id uuid not null constraint one_payment_per_order unique,
    customer_id text collate "C" not null,
    currency text collate "C" not null,
    minor bigint not null check (minor >= 0),
    state text not null check (state in ('AUTHORIZED', 'CAPTURED', 'VOIDED', 'REFUNDED', 'DECLINED')),
    changes bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version bigint not null
) with (fillfactor = 80);

-- Two rows a movement; ids ascend, so that a statement is read along its index.
create table ledger_entry (
    id uuid primary key,
    movement_id uuid not null,
    movement text not null check (movement in ('DEPOSIT', 'HOLD', 'CAPTURE', 'RELEASE', 'REFUND')),
    account text not null check (account in ('FUNDING', 'AVAILABLE', 'HELD', 'MERCHANT')),
    customer_id text collate "C",
    currency text collate "C" not null,
    minor bigint not null,
    payment_id uuid,
    at timestamptz not null,
    constraint customers_have_accounts_of_their_own
        check ((account in ('AVAILABLE', 'HELD')) = (customer_id is not null))
);

create index ledger_entry_of_customer on ledger_entry (customer_id, id) where customer_id is not null;
create index ledger_entry_of_payment on ledger_entry (payment_id, id) where payment_id is not null;

create function what_is_booked_stays_booked() returns trigger language plpgsql as $$
begin
    raise exception 'ledger entries are never changed: post the opposite movement';
end $$;

create trigger entries_stay before update or delete or truncate on ledger_entry
    for each statement execute function what_is_booked_stays_booked();
