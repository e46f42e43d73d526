-- Organisations and their teams. The organisation's own row is readable by all (its name stands on the
-- sign-in page) and written only in its own scope.
create table organisation (
  id text not null primary key,
  version bigint not null,
  slug text not null unique,
  name text not null,
  kind text not null check (kind in ('government', 'non_government', 'peer_run', 'primary_care', 'other')),
  zone text not null,
  language text not null,
  promise_days bigint not null check (promise_days between 1 and 365),
  answer_days bigint not null check (answer_days between 1 and 60),
  first_asked text not null check (first_asked in ('worker', 'person')),
  help_name text not null,
  help_number text not null,
  exit_url text not null,
  sandbox bigint not null default 0,
  created_at bigint not null
);
-- scoped: organisation shared

create table team (
  org_id text not null,
  id text not null,
  name text not null,
  base text,
  primary key (org_id, id),
  foreign key (org_id) references organisation (id)
);
-- scoped: team
