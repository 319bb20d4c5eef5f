-- Written in the transaction of the request a key stands for, deleted in batches after seven days.
create table idempotency_key (
  scope text not null,
  key text not null,
  fingerprint text not null,
  resource text not null,
  used_at timestamptz not null default now(),
  primary key (scope, key)
);

create index idempotency_key_by_age on idempotency_key (used_at);
