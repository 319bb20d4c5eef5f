-- "C" collation: SKUs are ASCII, and the order in which they are locked must not depend on a locale.
create table product (
    sku text collate "C" primary key,
    name text not null,
    price_minor bigint not null check (price_minor > 0),
    currency text not null,
    version bigint not null
);

-- Hot: a fifth of every page stays free, so that updates stay on their page and touch no index.
create table stock (
    sku text collate "C" primary key references product,
    on_hand bigint not null check (on_hand >= 0),
    reserved bigint not null check (reserved >= 0),
    version bigint not null,
    constraint nothing_is_oversold check (reserved <= on_hand)
) with (fillfactor = 80);

-- Every piece that came or went by hand: on_hand can be recounted from here and from the reservations.
create table adjustment (
    id uuid primary key,
    sku text collate "C" not null references stock,
    quantity bigint not null check (quantity <> 0),
    reason text not null,
    on_hand bigint not null,
    created_at timestamptz not null
);

create table reservation (
    order_id uuid primary key,
    state text not null check (state in ('HELD', 'COMMITTED', 'RELEASED', 'RESTOCKED')),
    lines jsonb not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version bigint not null
) with (fillfactor = 80);
