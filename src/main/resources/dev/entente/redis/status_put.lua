-- KEYS: 1 statuses, 2 live
-- ARGV: 1 peering id, 2 status, 3 milliseconds that a connected one stays true; 0 for one that is not connected
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
if ARGV[3] == '0' then
  redis.call('DEL', KEYS[2])
else
  redis.call('SET', KEYS[2], '1', 'PX', ARGV[3])
end
return 0
