-- KEYS: 1 lease
-- ARGV: 1 owner, 2 token, 3 milliseconds of validity; 0 gives the lease back
-- Answer: 1 when the lease was held
local lease = redis.call('HMGET', KEYS[1], 'owner', 'token')
if lease[1] ~= ARGV[1] or lease[2] ~= ARGV[2] then
  return 0
end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
