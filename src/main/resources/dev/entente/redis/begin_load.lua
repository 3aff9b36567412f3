-- Adds records to a log that is being loaded; nobody reads them before the position stands.
--
-- KEYS: 1 position, 2 loading, 3.. hot hashes
-- ARGV: 1 who loads, 2 milliseconds of validity; then three for each record: index of the hot hash in KEYS, key, record
-- Answer: { 'ok' | 'lost', '0' }
if redis.call('EXISTS', KEYS[1]) == 1 or redis.call('GET', KEYS[2]) ~= ARGV[1] then
  return { 'lost', '0' }
end
redis.call('PEXPIRE', KEYS[2], ARGV[2])
for i = 3, #ARGV, 3 do
  redis.call('HSET', KEYS[tonumber(ARGV[i])], ARGV[i + 1], ARGV[i + 2])
end
return { 'ok', '0' }
