-- One row per order. Only the primary key and the customer's list are indexed, on columns that never
-- change: each status change stays a heap-only update.
create table orders (
  id           uuid primary key,
  customer_id  text        not null,
  total_minor  bigint      not null check (total_minor >= 0),
  currency     text        not null,
  lines        jsonb       not null,
  created_at   timestamptz not null,
  saga_id      uuid        not null,
  status       text        not null
    check (status in ('PENDING', 'CONFIRMED', 'REJECTED', 'CANCELLING', 'CANCELLED')),
  reason       text
    check (reason in ('OUT_OF_STOCK', 'PAYMENT_DECLINED', 'INSUFFICIENT_FUNDS', 'TIMED_OUT',
                      'CANCELLED_BY_CUSTOMER')),
  updated_at   timestamptz not null,
  version      bigint      not null,
  revision     bigint      not null,
  check ((reason is not null) = (status in ('REJECTED', 'CANCELLED')))
) with (fillfactor = 80);

create index orders_of_customer on orders (customer_id, id desc);

-- Every status an order ever had. No foreign key: both rows are written by one transaction, and a
-- key check would lock the order's row once more per change.
create table order_history (
  order_id uuid        not null,
  version  bigint      not null,
  status   text        not null,
  reason   text,
  at       timestamptz not null,
  primary key (order_id, version)
);

-- inventory-service's products as far as they are known here; a higher version wins.
create table product (
  sku         text   primary key,
  price_minor bigint not null check (price_minor >= 0),
  currency    text   not null,
  version     bigint not null
) with (fillfactor = 80);
