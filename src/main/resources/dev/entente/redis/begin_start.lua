-- Takes the right to load a log that does not exist, and clears what an earlier one left behind.
--
-- KEYS: 1 position, 2 loading, 3 life, 4 importers, 5.. all other keys of the log
-- ARGV: 1 who loads, 2 milliseconds of validity, 3 prefix of the hashes of imports, 4 the life in which the records were read
-- Answer: { 'ok' | 'begun' | 'loading' | 'lost', position }
local position = redis.call('GET', KEYS[1])
if position then
  return { 'begun', position }
end
if redis.call('GET', KEYS[3]) ~= ARGV[4] then
  return { 'lost', '0' }
end
local loading = redis.call('GET', KEYS[2])
if loading and loading ~= ARGV[1] then
  return { 'loading', '0' }
end
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
for _, peer in ipairs(redis.call('HKEYS', KEYS[4])) do
  redis.call('UNLINK', ARGV[3] .. peer)
end
for i = 4, #KEYS do
  redis.call('UNLINK', KEYS[i])
end
return { 'ok', '0' }
