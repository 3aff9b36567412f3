-- When a root was replaced: from then on it is only known, and after twice the life of a leaf it is forgotten. Roots that were
-- replaced before this was kept count as replaced now.
alter table ca_roots add column rotated_out_at timestamptz;
update ca_roots set rotated_out_at = clock_timestamp() where not active;

-- How the authority works. The whole of it is encrypted under the store key, because an operator may give a private key.
create table ca_configuration (
  id             boolean primary key default true check (id),
  sealed         bytea   not null,
  create_version bigint  not null,
  modify_version bigint  not null
);
