-- Who may sign in, with which role, from which session, and the relationship grants that other modules write.
create table account (
  org_id text not null,
  id text not null,
  version bigint not null,
  holder text not null check (holder in ('staff', 'person', 'supporter')),
  name text not null,
  sign_in text,
  password_hash text,
  totp_step bigint not null default 0,
  status text not null check (status in ('invited', 'active', 'suspended', 'ended')),
  person_id text,
  worker_id text,
  created_at bigint not null,
  primary key (org_id, id),
  unique (org_id, sign_in)
);
create unique index account_person on account (org_id, person_id)
  where person_id is not null and holder = 'person';
create unique index account_worker on account (org_id, worker_id) where worker_id is not null;
-- scoped: account

create table membership (
  org_id text not null,
  account_id text not null,
  role text not null,
  status text not null check (status in ('invited', 'active', 'suspended', 'ended')),
  since_at bigint not null,
  primary key (org_id, account_id, role),
  foreign key (org_id, account_id) references account (org_id, id)
);
-- scoped: membership

create table session (
  org_id text not null,
  id text not null,
  account_id text not null,
  strength text not null check (strength in ('password', 'full', 'link')),
  made_at bigint not null,
  seen_at bigint not null,
  ended_at bigint,
  step_up_at bigint,
  primary key (org_id, id),
  foreign key (org_id, account_id) references account (org_id, id)
);
create index session_account on session (org_id, account_id);
-- scoped: session

create table sign_in_link (
  org_id text not null,
  id text not null,
  account_id text not null,
  code_hash text,
  target text not null,
  made_at bigint not null,
  expires_at bigint not null,
  used_at bigint,
  tries bigint not null default 0,
  reusable bigint not null default 0,
  primary key (org_id, id),
  foreign key (org_id, account_id) references account (org_id, id)
);
create index sign_in_link_account on sign_in_link (org_id, account_id);
-- scoped: sign_in_link

create table sign_in_attempt (
  org_id text not null,
  id text not null,
  subject text not null,
  at bigint not null,
  outcome text not null,
  primary key (org_id, id)
);
create index sign_in_attempt_subject on sign_in_attempt (org_id, subject, at);
-- scoped: sign_in_attempt

create table access_grant (
  org_id text not null,
  id text not null,
  account_id text not null,
  relation text not null,
  object_kind text not null,
  object_id text not null,
  from_at bigint not null,
  until_at bigint,
  revoked_at bigint,
  basis text not null,
  primary key (org_id, id),
  foreign key (org_id, account_id) references account (org_id, id)
);
create index access_grant_look_up on access_grant (org_id, account_id, object_kind, object_id);
create index access_grant_object on access_grant (org_id, object_kind, object_id);
-- scoped: access_grant
