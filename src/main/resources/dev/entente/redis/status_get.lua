-- KEYS: 1 statuses
-- ARGV: 1 prefix of the live keys, 2 a peering id, or '' for all
-- Answer: id, status, whether it is alive (1, 0), and so on
local found
if ARGV[2] == '' then
  found = redis.call('HGETALL', KEYS[1])
else
  found = { ARGV[2], redis.call('HGET', KEYS[1], ARGV[2]) or nil }
end
local answer = {}
for i = 1, #found - 1, 2 do
  answer[#answer + 1] = found[i]
  answer[#answer + 1] = found[i + 1]
  answer[#answer + 1] = redis.call('EXISTS', ARGV[1] .. found[i])
end
return answer
