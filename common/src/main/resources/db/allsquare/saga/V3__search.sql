-- Those that were undone are few among those that completed. A saga enters once, when it ends.
create index saga_compensated on saga (id) where state = 'COMPENSATED';
