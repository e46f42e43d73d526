-- What an import did to each record, so that a whole batch can be taken back. Replaces import_row, which no
-- version filled. What stood in a record before lies sealed under the effect's id.
drop view v_import_row;
drop table import_row;
create table import_effect (
  org_id text not null,
  id text not null,
  batch_id text not null,
  object_kind text not null check (object_kind in ('person', 'worker')),
  object_id text not null,
  made bigint not null,
  version_before bigint not null,
  version_after bigint not null,
  referral_id text,
  primary key (org_id, id),
  unique (org_id, batch_id, object_kind, object_id),
  foreign key (org_id, batch_id) references import_batch (org_id, id)
);
create index import_effect_object on import_effect (org_id, object_id);
-- scoped: import_effect

-- Everything that was ever about somebody, found without reading the whole table.
create index referral_person on referral (org_id, person_id);
create index offer_person on offer (org_id, person_id);
create index connection_person on connection (org_id, person_id);
create index exclusion_person on exclusion (org_id, person_id);
create index task_about on task (org_id, about_id) where done_at is null;
