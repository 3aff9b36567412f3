-- KEYS: 1 lease, 2 fence
-- ARGV: 1 owner, 2 milliseconds of validity, 3 an owner that it may be taken from, or the owner again
-- Answer: the token, or '' when another holds the lease. Tokens grow also when Redis lost the last one: they follow its clock.
local lease = redis.call('HMGET', KEYS[1], 'owner', 'token')
local token = lease[2]
if lease[1] and lease[1] ~= ARGV[1] then
  if lease[1] ~= ARGV[3] then
    return ''
  end
  -- with what was counted of the calls of that owner
  redis.call('DEL', KEYS[1])
  token = false
end
if not token then
  local time = redis.call('TIME')
  local now = time[1] * 1000000 + time[2]
  token = string.format('%.0f', math.max(now, tonumber(redis.call('GET', KEYS[2]) or '0') + 1))
  redis.call('SET', KEYS[2], token)
  redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'token', token)
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return token
