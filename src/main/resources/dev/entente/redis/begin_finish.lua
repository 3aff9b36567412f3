-- Sets the position: from here on the log exists.
--
-- KEYS: 1 position, 2 loading
-- ARGV: 1 who loads, 2 the first position
-- Answer: { 'ok' | 'lost', position }
local position = redis.call('GET', KEYS[1])
if position then
  return { 'ok', position }
end
if redis.call('GET', KEYS[2]) ~= ARGV[1] then
  return { 'lost', '0' }
end
redis.call('SET', KEYS[1], ARGV[2])
redis.call('DEL', KEYS[2])
return { 'ok', ARGV[2] }
