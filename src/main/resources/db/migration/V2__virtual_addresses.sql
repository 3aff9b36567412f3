-- The addresses of 240.0.0.0/4 under which services are reached inside the mesh: one for each service of the cluster or of a peer
-- that has proxies or speaks for itself. The primary key is the rule that no address is given twice.
create table virtual_addresses (
  -- Counted from 240.0.0.0.
  number    bigint  primary key check (number between 1 and 268435453),
  partition text    not null references partitions (name) on delete cascade,
  -- Key of the peer; empty for a service of this cluster.
  peer      text    not null,
  -- In lower case: names of services are looked up so.
  service   text    not null,
  -- The last instance of that name has gone, but proxies for it have not.
  name_gone boolean not null default false,
  unique (partition, peer, service)
);

-- Which address comes next: the one that was given back last, else the first that was never given.
create table virtual_address_range (
  id         boolean primary key default true check (id),
  highest    bigint  not null,
  last_freed bigint
);
insert into virtual_address_range (highest, last_freed) values (0, null);

-- By what an address is in use: instances of the name, and those that carry it. Both in lower case. A payload with an escaped NUL
-- is no jsonb; such a service is written anew before its name matters here.
alter table services add column name_key text not null default '';
alter table services add column mesh_key text not null default '';
update services set
    name_key = lower(coalesce(payload::jsonb ->> 'name', '')),
    mesh_key = lower(coalesce(
        case when payload::jsonb ->> 'kind' = 'connect-proxy' then payload::jsonb #>> '{proxy,destinationServiceName}'
             when payload::jsonb #>> '{connect,isNative}' = 'true' then payload::jsonb ->> 'name' end, ''))
  where strpos(payload, '\u0000') = 0;
create index services_by_name on services (partition, name_key);
create index services_by_mesh on services (partition, mesh_key) where mesh_key <> '';
