-- The ledger grows for ever. It is partitioned by the time inside the id (UUIDv7), four weeks each, so
-- that its indexes stay small where it is written, and old years can be vacuumed, moved and backed up
-- apart. What was booked so far becomes the first partition as it stands: no row is copied. It takes
-- everything up to the end of the running four weeks; the partition keeper makes those after it, and
-- drops none.
drop trigger entries_stay on ledger_entry;

do $$
declare
    weeks_4    constant int := 28;
    newest     timestamptz := (select uuid_extract_timestamp(id) from ledger_entry order by id desc limit 1);
    today      int := (greatest(newest, now()) at time zone 'UTC')::date - date '1970-01-01';
    first_day  date := date '1970-01-01' + today - today % weeks_4;
    first_name text := 'ledger_entry_' || to_char(first_day, 'YYYYMMDD');
    until      bigint := extract(epoch from first_day + weeks_4)::bigint * 1000;
begin
    execute format('alter table ledger_entry rename to %I', first_name);
    execute format('alter index ledger_entry_pkey rename to %I', first_name || '_pkey');
    execute format('alter index ledger_entry_of_customer rename to %I', first_name || '_of_customer');
    execute format('alter index ledger_entry_of_payment rename to %I', first_name || '_of_payment');
    execute format(
        'create table ledger_entry (like %I including defaults including constraints) partition by range (id)',
        first_name);
    alter table ledger_entry add primary key (id);
    create index ledger_entry_of_customer on ledger_entry (customer_id, id) where customer_id is not null;
    create index ledger_entry_of_payment on ledger_entry (payment_id, id) where payment_id is not null;
    execute format(
        'alter table ledger_entry attach partition %I for values from (minvalue) to (%L)',
        first_name, rpad(lpad(to_hex(until), 12, '0'), 32, '0'));
end $$;

create trigger entries_stay before update or delete or truncate on ledger_entry
    for each statement execute function what_is_booked_stays_booked();
-- The one above guards statements that name the ledger, this one those that name a partition.
create trigger entries_of_partitions_stay before update or delete on ledger_entry
    for each row execute function what_is_booked_stays_booked();
