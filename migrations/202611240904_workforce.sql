-- Peer workers, their profiles and limits. Places are counted here and only here: the conditional update on
-- (places_live + places_reserved < places_agreed) and the check behind it are what stop overbooking.
create table worker (
  org_id text not null,
  id text not null,
  version bigint not null,
  chosen_name text not null,
  name_key text not null,
  pronouns text,
  about text,
  gender text,
  age_band text,
  languages text,
  culture text,
  interests text,
  modes text,
  settings text,
  area text,
  east_m bigint,
  north_m bigint,
  travel_m bigint,
  availability text,
  active bigint not null default 1,
  leave_from text,
  leave_until text,
  open_to_new bigint not null default 1,
  open_on text,
  email text,
  source_key text,
  created_at bigint not null,
  primary key (org_id, id)
);
create unique index worker_source on worker (org_id, source_key) where source_key is not null;
create index worker_name on worker (org_id, name_key, id);
-- scoped: worker

create table worker_places (
  org_id text not null,
  id text not null,
  agreed bigint not null check (agreed >= 0 and agreed <= 4095),
  live bigint not null default 0 check (live >= 0),
  reserved bigint not null default 0 check (reserved >= 0),
  primary key (org_id, id),
  foreign key (org_id, id) references worker (org_id, id)
);
-- scoped: worker_places

create table worker_item (
  org_id text not null,
  id text not null,
  worker_id text not null,
  release text not null check (release in ('private', 'supervisor', 'after_agreement', 'released')),
  made_at bigint not null,
  withdrawn_at bigint,
  primary key (org_id, id),
  foreign key (org_id, worker_id) references worker (org_id, id)
);
create index worker_item_worker on worker_item (org_id, worker_id);
-- scoped: worker_item

create table worker_boundary (
  org_id text not null,
  id text not null,
  worker_id text not null,
  made_at bigint not null,
  withdrawn_at bigint,
  primary key (org_id, id),
  foreign key (org_id, worker_id) references worker (org_id, id)
);
create index worker_boundary_worker on worker_boundary (org_id, worker_id);
-- scoped: worker_boundary

create table exclusion (
  org_id text not null,
  id text not null,
  person_id text not null,
  worker_id text not null,
  side text not null check (side in ('person', 'worker', 'service')),
  made_at bigint not null,
  made_by text,
  lifted_at bigint,
  primary key (org_id, id),
  foreign key (org_id, person_id) references person (org_id, id),
  foreign key (org_id, worker_id) references worker (org_id, id)
);
create unique index exclusion_pair on exclusion (org_id, person_id, worker_id, side) where lifted_at is null;
-- scoped: exclusion
