-- From which networks somebody finished signing in: keyed hashes of name and network, so that what a stranger
-- guesses elsewhere keeps nobody out. Neither the name nor the address can be read from a row.
create table sign_in_place (
  org_id text not null,
  id text not null,
  seen_at bigint not null,
  primary key (org_id, id)
);
-- scoped: sign_in_place
