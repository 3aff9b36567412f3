-- What must survive. Every row carries the versions that clients see as CreateIndex and ModifyIndex; they come from one sequence
-- and are drawn under the advisory lock of the row's aggregate, so they grow per row in the order of the commits.
-- Payloads are JSON kept as text: they are only ever read whole, and a text gives back exactly what was written, whereas jsonb
-- would reorder keys and rewrite numbers, and so make an equal rewrite look like a change.

create sequence change_version as bigint;

create table cluster_state (
  id         boolean primary key default true check (id),
  cluster_id text   not null,
  epoch      bigint not null default 0
);

create table partitions (
  name           text   primary key,
  description    text   not null,
  create_version bigint not null,
  modify_version bigint not null
);

insert into partitions (name, description, create_version, modify_version)
  select 'default', 'Builtin Default Partition', v, v from nextval('change_version') as v;

create table peerings (
  partition      text   not null references partitions (name),
  name_key       text   not null,
  id             text   not null unique,
  payload        text   not null,
  -- The stream secret that a dialer shows, encrypted under the store key.
  dialing_sealed bytea,
  create_version bigint not null,
  modify_version bigint not null,
  primary key (partition, name_key)
);

-- SHA-256 of every secret in use; the primary key is the rule that no value is used twice, in whichever slot.
create table peering_secrets (
  hash      text not null primary key,
  partition text not null,
  name_key  text not null,
  slot      text not null,
  foreign key (partition, name_key) references peerings (partition, name_key) on delete cascade
);
create index peering_secrets_by_peering on peering_secrets (partition, name_key);

create table config_entries (
  partition      text   not null references partitions (name),
  kind           text   not null,
  name           text   not null,
  payload        text   not null,
  create_version bigint not null,
  modify_version bigint not null,
  primary key (partition, kind, name)
);

create table nodes (
  partition      text   not null references partitions (name),
  name           text   not null,
  node_id        text   not null,
  payload        text   not null,
  create_version bigint not null,
  modify_version bigint not null,
  primary key (partition, name)
);
create index nodes_by_id on nodes (partition, node_id) where node_id <> '';

create table services (
  partition      text   not null,
  node           text   not null,
  id             text   not null,
  payload        text   not null,
  create_version bigint not null,
  modify_version bigint not null,
  primary key (partition, node, id)
);

create table checks (
  partition      text   not null,
  node           text   not null,
  id             text   not null,
  service_id     text   not null,
  payload        text   not null,
  -- The newest known status, written behind; the payload keeps the one that came with the definition.
  status         text   not null,
  output         text   not null,
  create_version bigint not null,
  modify_version bigint not null,
  primary key (partition, node, id)
);
create index checks_by_service on checks (partition, node, service_id);

create table ca_roots (
  id             text    primary key,
  payload        text    not null,
  key_sealed     bytea   not null,
  active         boolean not null,
  create_version bigint  not null,
  modify_version bigint  not null
);
create unique index ca_roots_active on ca_roots (active) where active;

-- Committed changes until they stand in the change log; the id is the version of the transaction.
create table outbox (
  id           bigint      primary key,
  partition    text        not null,
  changes      text        not null,
  committed_at timestamptz not null default clock_timestamp()
);
