-- Sets the position: from here on the log exists.
--
-- KEYS: 1 position, 2 loading, 3 removed, 4 life
-- ARGV: 1 who loads, 2 the first position, 3 the version up to which the records tell everything
-- Answer: { 'ok' | 'lost', position }
local position = redis.call('GET', KEYS[1])
if position then
  return { 'ok', position }
end
if redis.call('GET', KEYS[2]) ~= ARGV[1] then
  return { 'lost', '0' }
end
redis.call('HSET', KEYS[3], 'settled', ARGV[3])
redis.call('SET', KEYS[1], ARGV[2])
redis.call('DEL', KEYS[2], KEYS[4])
return { 'ok', ARGV[2] }
