-- Referral, offer and connection, each with the facts that make its state; tasks; imported batches.
create table referral (
  org_id text not null,
  id text not null,
  person_id text not null,
  source text not null,
  source_kind text not null,
  referrer_account text,
  triage_reason text,
  referred_at bigint not null,
  waiting_on text not null,
  promise_on text not null,
  closed_at bigint,
  primary key (org_id, id),
  foreign key (org_id, person_id) references person (org_id, id)
);
create unique index referral_open on referral (org_id, person_id) where closed_at is null;
create index referral_promise on referral (org_id, promise_on, id) where closed_at is null;
create index referral_referrer on referral (org_id, referrer_account);
-- scoped: referral

create table referral_event (
  org_id text not null,
  referral_id text not null,
  seq bigint not null,
  kind text not null,
  at bigint not null,
  actor_id text,
  reason text,
  primary key (org_id, referral_id, seq),
  foreign key (org_id, referral_id) references referral (org_id, id)
);
-- scoped: referral_event append-only

create table offer (
  org_id text not null,
  id text not null,
  referral_id text not null,
  person_id text not null,
  worker_id text not null,
  choice_id text not null,
  made_at bigint not null,
  made_by text,
  answer_by text not null,
  fit bigint not null,
  engine text not null,
  weights text not null,
  seed bigint not null,
  closed_at bigint,
  primary key (org_id, id),
  foreign key (org_id, referral_id) references referral (org_id, id),
  foreign key (org_id, person_id) references person (org_id, id),
  foreign key (org_id, worker_id) references worker (org_id, id)
);
create unique index offer_open on offer (org_id, referral_id, worker_id) where closed_at is null;
create index offer_worker on offer (org_id, worker_id) where closed_at is null;
create index offer_referral on offer (org_id, referral_id);
-- scoped: offer

create table offer_event (
  org_id text not null,
  offer_id text not null,
  seq bigint not null,
  kind text not null,
  at bigint not null,
  actor_id text,
  primary key (org_id, offer_id, seq),
  foreign key (org_id, offer_id) references offer (org_id, id)
);
-- scoped: offer_event append-only

create table connection (
  org_id text not null,
  id text not null,
  referral_id text not null,
  offer_id text not null,
  person_id text not null,
  worker_id text not null,
  agreed_at bigint not null,
  ended_at bigint,
  primary key (org_id, id),
  unique (org_id, offer_id),
  foreign key (org_id, offer_id) references offer (org_id, id),
  foreign key (org_id, person_id) references person (org_id, id),
  foreign key (org_id, worker_id) references worker (org_id, id)
);
create unique index connection_live on connection (org_id, person_id) where ended_at is null;
create index connection_worker on connection (org_id, worker_id) where ended_at is null;
-- scoped: connection

create table connection_event (
  org_id text not null,
  connection_id text not null,
  seq bigint not null,
  kind text not null,
  at bigint not null,
  actor_id text,
  primary key (org_id, connection_id, seq),
  foreign key (org_id, connection_id) references connection (org_id, id)
);
-- scoped: connection_event append-only

create table first_meeting (
  org_id text not null,
  id text not null,
  connection_id text not null,
  worker_id text not null,
  starts_at bigint not null,
  ends_at bigint not null check (ends_at > starts_at),
  local_on text not null,
  local_minutes bigint not null,
  zone text not null,
  location text not null,
  introducer text not null,
  booked_at bigint not null,
  booked_by text,
  cancelled_at bigint,
  primary key (org_id, id),
  foreign key (org_id, connection_id) references connection (org_id, id)
);
create unique index first_meeting_live on first_meeting (org_id, connection_id) where cancelled_at is null;
create index first_meeting_worker on first_meeting (org_id, worker_id, starts_at) where cancelled_at is null;
-- scoped: first_meeting

create table task (
  org_id text not null,
  id text not null,
  kind text not null,
  about_kind text not null,
  about_id text not null,
  for_role text not null,
  due_on text not null,
  made_at bigint not null,
  done_at bigint,
  done_by text,
  primary key (org_id, id)
);
create index task_open on task (org_id, for_role, due_on, id) where done_at is null;
-- scoped: task

create table import_batch (
  org_id text not null,
  id text not null,
  kind text not null,
  made_at bigint not null,
  actor_id text,
  undone_at bigint,
  primary key (org_id, id)
);
-- scoped: import_batch

create table import_row (
  org_id text not null,
  batch_id text not null,
  object_kind text not null,
  object_id text not null,
  primary key (org_id, batch_id, object_kind, object_id),
  foreign key (org_id, batch_id) references import_batch (org_id, id)
);
-- scoped: import_row
