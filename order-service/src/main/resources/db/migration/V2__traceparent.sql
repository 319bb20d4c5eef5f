-- The W3C trace context of the request that placed the order; everything that becomes of it carries it.
alter table orders add column traceparent text;
