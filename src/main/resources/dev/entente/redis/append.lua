-- Makes changes visible in one step: hot state, log and position (architecture, section 2).
--
-- KEYS: 1 position, 2 log, 3 removed, 4 removedAt, 5 importers, 6 dropped, 7 lease (or any key without a fence), 8 hot peerings,
--       9.. hot hashes
-- ARGV: 1 lease owner ('' without a fence), 2 lease token, 3 length of the log, 4 milliseconds that a removed record is
--       remembered, 5 bytes up to which a log entry carries its payload, 6 number of this call, which grows; then ten for each change:
--       op, kind, index of the hot hash in KEYS, key, version, createVersion, payload, note, peer key, peering id
-- Answer: { 'ok' | 'missing' | 'lost' | 'late' | 'dropped', position }; 'late' tells that a later call of the same holder came before
-- this one, which it has given up; 'dropped' tells that there were imports whose peering may not import
--
-- A hot record is '<position> <createPosition> <version> <createVersion> <length of the note>\n<note><payload>'. The note
-- of a check is its newest report, that of a service its name and whose proxy it is, that of something imported is '<peering id> <peer name>'.
-- Positions go beyond the 14 digits that Lua prints by itself, hence '%.0f'.

local newest = redis.call('GET', KEYS[1])
if not newest then
  return { 'missing', '0' }
end
if ARGV[1] ~= '' then
  local lease = redis.call('HMGET', KEYS[7], 'owner', 'token', 'call')
  if lease[1] ~= ARGV[1] or lease[2] ~= ARGV[2] then
    return { 'lost', newest }
  end
  if lease[3] and tonumber(lease[3]) >= tonumber(ARGV[6]) then
    return { 'late', newest }
  end
  redis.call('HSET', KEYS[7], 'call', ARGV[6])
end

local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
local length, remembered, inline = ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5])

local function parse(record)
  local _, last, _, created, version, createVersion, size =
    string.find(record, '^(%d+) (%d+) (%d+) (%d+) (%d+)\n')
  local note = last + tonumber(size)
  return {
    created = created,
    version = version,
    createVersion = createVersion,
    note = string.sub(record, last + 1, note),
    payload = string.sub(record, note + 1),
  }
end

local function nextPosition()
  newest = string.format('%.0f', redis.call('INCR', KEYS[1]))
  return newest
end

local function keep(hash, field, position, created, version, createVersion, note, payload)
  redis.call('HSET', hash, field, position .. ' ' .. created .. ' ' .. version .. ' ' .. createVersion .. ' ' .. #note
    .. '\n' .. note .. payload)
end

local function log(position, kind, key, version, createVersion, created, note, payload)
  if #note + #payload > inline then
    payload = '@'
    if kind == 'CHECK' or kind == 'CHECK_REPORT' then
      note = ''
    end
  end
  redis.call('XADD', KEYS[2], 'MAXLEN', '~', length, position .. '-0', 'k', kind, 'f', key, 'v', version,
    'c', createVersion, 'a', created, 'n', note, 'd', payload)
end

-- Durable kinds: what is not newer than the held or the removed record is void. The log began with all that there was at a certain
-- version, so of what is not held up to it, and not remembered, it is known that it was removed.

local function settled()
  return redis.call('HGET', KEYS[3], 'settled') or '-1'
end

local function heldOrNewer(c)
  local record = redis.call('HGET', c.hot, c.key)
  local held = record and parse(record)
  local gone = not held and redis.call('HGET', KEYS[3], c.kind .. '\31' .. c.key)
  local known = tonumber(held and held.version or gone or settled())
  return held, tonumber(c.version) > known, gone
end

-- Whoever loads the hot state cannot tell from it what was removed, so it is told when that was last.
local function logRemoval(kind, key, version, createVersion, created, note)
  log(nextPosition(), kind, key, version, createVersion, created, note, '')
  redis.call('HSET', KEYS[3], 'last', newest)
end

-- Under its earlier name, before the service it was a proxy of, or at the service it was a check of, there is one less.
local function hasMoved(c, held)
  if c.kind == 'SERVICE' then
    return held.note ~= c.note
  end
  return c.kind == 'CHECK' and cjson.decode(held.payload).serviceId ~= cjson.decode(c.payload).serviceId
end

local function upsert(c)
  local held, newer, gone = heldOrNewer(c)
  if not newer then
    return
  end
  if gone then
    redis.call('HDEL', KEYS[3], c.kind .. '\31' .. c.key)
    redis.call('ZREM', KEYS[4], c.kind .. '\31' .. c.key)
  end
  if c.peering ~= '' then
    -- an active peering may import again, also one that was ended before
    redis.call('ZREM', KEYS[6], c.peering)
  end
  local position = nextPosition()
  local created = held and held.created or position
  keep(c.hot, c.key, position, created, c.version, c.createVersion, c.note, c.payload)
  log(position, c.kind, c.key, c.version, c.createVersion, created, c.note, c.payload)
  if held and hasMoved(c, held) then
    redis.call('HSET', KEYS[3], 'last', position)
  end
end

local function remove(c)
  local held, newer = heldOrNewer(c)
  if not newer then
    return
  end
  redis.call('HSET', KEYS[3], c.kind .. '\31' .. c.key, c.version)
  redis.call('ZADD', KEYS[4], now, c.kind .. '\31' .. c.key)
  if held then
    redis.call('HDEL', c.hot, c.key)
    logRemoval(c.kind, c.key, c.version, held.createVersion, held.created, '')
  end
end

local function report(c)
  local record = redis.call('HGET', c.hot, c.key)
  local held = record and parse(record)
  if not held or held.note == c.note or (c.version ~= '0' and c.version ~= held.version) then
    return
  end
  local position = nextPosition()
  keep(c.hot, c.key, position, held.created, held.version, held.createVersion, c.note, held.payload)
  log(position, c.kind, c.key, held.version, held.createVersion, held.created, c.note, '')
end

-- Imported kinds: the log gives the order; a peering whose imports were dropped is heard no more, and told so.

local answer = 'ok'

local function forgetImports(c, scope)
  redis.call('UNLINK', c.hot)
  redis.call('HDEL', KEYS[5], c.peer)
  local position = nextPosition()
  log(position, 'IMPORTS_DROPPED', '', '0', '0', position, scope, '')
end

local function isImporter(c)
  if redis.call('ZSCORE', KEYS[6], c.peering) then
    answer = 'dropped'
    return false
  end
  local owner = redis.call('HGET', KEYS[5], c.peer)
  local id = owner and string.match(owner, '^%S+')
  if id ~= c.peering then
    if id then
      redis.call('ZADD', KEYS[6], now, id)
      forgetImports(c, owner)
    end
    redis.call('HSET', KEYS[5], c.peer, c.note)
  end
  return true
end

local function import(c)
  if not isImporter(c) then
    return
  end
  local field = c.kind .. '\31' .. c.key
  local record = redis.call('HGET', c.hot, field)
  local held = record and parse(record)
  if held and held.payload == c.payload then
    return
  end
  local position = nextPosition()
  local created = held and held.created or position
  keep(c.hot, field, position, created, '0', '0', c.note, c.payload)
  log(position, c.kind, c.key, '0', '0', created, c.note, c.payload)
end

local function removeImport(c)
  local field = c.kind .. '\31' .. c.key
  local record = isImporter(c) and redis.call('HGET', c.hot, field)
  if record then
    redis.call('HDEL', c.hot, field)
    logRemoval(c.kind, c.key, '0', '0', parse(record).created, c.note)
  end
end

-- Who clears away may come late: a newer record of the same peering has brought it back. Ids are UUIDs, and stand in the record.
local function isBack(c)
  local record = redis.call('HGET', KEYS[8], c.peer)
  local held = record and parse(record)
  return held and tonumber(held.version) > tonumber(c.version) and string.find(held.payload, c.peering, 1, true)
end

local function drop(c)
  if isBack(c) then
    return
  end
  if redis.call('ZADD', KEYS[6], 'NX', now, c.peering) == 0 then
    return
  end
  local owner = redis.call('HGET', KEYS[5], c.peer)
  if not owner or string.match(owner, '^%S+') == c.peering then
    forgetImports(c, c.note)
  end
end

local steps = {
  upsert = upsert, remove = remove, report = report, import = import, removeImport = removeImport, drop = drop,
}
for i = 7, #ARGV, 10 do
  steps[ARGV[i]]({
    kind = ARGV[i + 1], hot = KEYS[tonumber(ARGV[i + 2])], key = ARGV[i + 3], version = ARGV[i + 4],
    createVersion = ARGV[i + 5], payload = ARGV[i + 6], note = ARGV[i + 7], peer = ARGV[i + 8], peering = ARGV[i + 9],
  })
end

-- What was removed long ago needs no memory: nobody still carries an older entry.
local horizon = string.format('%.0f', tonumber(now) - remembered)
for _, field in ipairs(redis.call('ZRANGEBYSCORE', KEYS[4], '-inf', '(' .. horizon, 'LIMIT', 0, 100)) do
  redis.call('HDEL', KEYS[3], field)
  redis.call('ZREM', KEYS[4], field)
end
redis.call('ZREMRANGEBYSCORE', KEYS[6], '-inf', '(' .. horizon)
return { answer, newest }
