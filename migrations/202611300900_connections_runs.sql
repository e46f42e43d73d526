-- Runs over the whole list: the rows of a suggested plan that a coordinator accepted. The offers of a run are
-- made at once, so that their places are held, and nobody hears of them before send_at; until then the run is
-- taken back as a whole.
create table matching_run (
  org_id text not null,
  id text not null,
  made_by text,
  made_at bigint not null,
  method text not null,
  dial text not null,
  choices bigint not null,
  seed bigint not null,
  as_of text not null,
  engine text not null,
  weights text not null,
  whole bigint not null,
  keeps text,
  send_at bigint,
  undone_at bigint,
  done_at bigint,
  primary key (org_id, id)
);
create index matching_run_made on matching_run (org_id, made_at);
create index matching_run_open on matching_run (org_id, made_at) where done_at is null;
-- scoped: matching_run

create table run_row (
  org_id text not null,
  id text not null,
  run_id text not null,
  referral_id text not null,
  person_id text not null,
  workers text not null,
  place bigint not null,
  choice_id text,
  offered_at bigint,
  asked_at bigint,
  dropped_at bigint,
  taken_back_at bigint,
  primary key (org_id, id),
  unique (org_id, run_id, referral_id),
  foreign key (org_id, run_id) references matching_run (org_id, id),
  foreign key (org_id, referral_id) references referral (org_id, id),
  foreign key (org_id, person_id) references person (org_id, id)
);
create index run_row_place on run_row (org_id, run_id, place);
create index run_row_referral on run_row (org_id, referral_id);
-- scoped: run_row
