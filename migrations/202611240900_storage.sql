-- What every change leaves behind: sealed values, facts, audit, idempotency keys, messages to send.
create table sealed_value (
  org_id text not null,
  table_name text not null,
  row_id text not null,
  field text not null,
  key_id text not null,
  sealed text not null,
  primary key (org_id, table_name, row_id, field)
);
-- scoped: sealed_value

create table fact (
  org_id text not null,
  id text not null,
  at bigint not null,
  actor_id text,
  kind text not null,
  object_kind text not null,
  object_id text not null,
  detail text,
  primary key (org_id, id)
);
create index fact_object on fact (org_id, object_kind, object_id, at);
-- scoped: fact append-only

create table audit (
  org_id text not null,
  id text not null,
  at bigint not null,
  actor_id text,
  role text,
  session_id text,
  operation text not null,
  object_kind text,
  object_id text,
  care text not null,
  fields text,
  basis text,
  request_id text,
  decision text not null,
  primary key (org_id, id)
);
create index audit_object on audit (org_id, object_kind, object_id, at);
-- scoped: audit append-only

create table audit_subject (
  org_id text not null,
  audit_id text not null,
  person_id text not null,
  primary key (org_id, audit_id, person_id),
  foreign key (org_id, audit_id) references audit (org_id, id)
);
create index audit_subject_person on audit_subject (org_id, person_id);
-- scoped: audit_subject append-only

create table idempotency (
  org_id text not null,
  actor_id text not null,
  route text not null,
  key text not null,
  body_hash text not null,
  status bigint not null,
  location text,
  at bigint not null,
  primary key (org_id, actor_id, route, key)
);
create index idempotency_at on idempotency (org_id, at);
-- scoped: idempotency

create table outbox (
  org_id text not null,
  id text not null,
  made_at bigint not null,
  send_after bigint not null,
  recipient_kind text not null check (recipient_kind in ('person', 'worker', 'account')),
  recipient_id text not null,
  template text not null,
  about_kind text not null,
  about_id text not null,
  dedupe_key text not null,
  attempts bigint not null default 0,
  sent_at bigint,
  cancelled_at bigint,
  outcome text,
  primary key (org_id, id),
  unique (org_id, dedupe_key)
);
create index outbox_due on outbox (org_id, send_after, id) where sent_at is null and cancelled_at is null;
-- scoped: outbox
