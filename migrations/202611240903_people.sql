-- People, what they prefer, what they agreed to, and who must never be put together.
create table person (
  org_id text not null,
  id text not null,
  version bigint not null,
  chosen_name text not null,
  family_name text,
  name_key text not null,
  name_folded text not null,
  pronouns text,
  born_on text,
  gender text,
  languages text,
  interpreter bigint not null default 0,
  modes text,
  area text,
  east_m bigint,
  north_m bigint,
  travel_m bigint,
  availability text,
  culture text,
  interests text,
  access_needs text,
  contact_way text,
  email text,
  phone text,
  contact_hours text,
  voicemail bigint not null default 0,
  died_on text,
  source_key text,
  created_at bigint not null,
  primary key (org_id, id)
);
create unique index person_source on person (org_id, source_key) where source_key is not null;
create index person_name on person (org_id, name_key, id);
-- scoped: person

create table preference (
  org_id text not null,
  person_id text not null,
  criterion text not null,
  strength text not null check (strength in ('must', 'matters', 'a_little', 'no_view', 'avoid')),
  wanted text,
  set_at bigint not null,
  primary key (org_id, person_id, criterion),
  foreign key (org_id, person_id) references person (org_id, id)
);
-- scoped: preference

create table consent (
  org_id text not null,
  id text not null,
  person_id text not null,
  purpose text not null,
  audience text not null,
  categories text,
  from_at bigint not null,
  until_on text not null,
  captured text not null,
  by_account text,
  text_version text not null,
  withdrawn_at bigint,
  primary key (org_id, id),
  foreign key (org_id, person_id) references person (org_id, id)
);
create index consent_person on consent (org_id, person_id, purpose);
-- scoped: consent
