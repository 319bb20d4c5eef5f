-- The W3C trace context the saga was started with; its commands carry it where no reply brought one.
alter table saga add column traceparent text;
