-- Names this life of the store, before anybody reads what a log is to begin with: what is read afterwards is not older.
--
-- KEYS: 1 position, 2 life
-- ARGV: 1 a name, in case it has none
-- Answer: { 'begun', position } | { 'ok', name }
local position = redis.call('GET', KEYS[1])
if position then
  return { 'begun', position }
end
redis.call('SETNX', KEYS[2], ARGV[1])
return { 'ok', redis.call('GET', KEYS[2]) }
