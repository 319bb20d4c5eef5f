-- What operators did to sagas, dead letters and parked keys: written in the transaction that does it,
-- and never changed.
create table operator_audit (
    seq     bigint generated always as identity primary key,
    at      timestamptz not null default clock_timestamp(),
    actor   text        not null check (actor <> ''),
    action  text        not null,
    subject text        not null,
    reason  text        not null check (reason <> ''),
    -- json, not jsonb: a dead letter may hold what jsonb does not take
    detail  json        not null
);

create index operator_audit_of_subject on operator_audit (subject, seq);

create function what_an_operator_did_stays_written() returns trigger language plpgsql as $$
begin
    raise exception 'the audit of operators is append-only';
end $$;

create trigger deeds_stay before update or delete or truncate on operator_audit
    for each statement execute function what_an_operator_did_stays_written();
