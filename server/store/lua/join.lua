-- KEYS state, seats, meta, names. ARGV seat hash, most seats, expiry after a first join (ms), key prefix.
-- Score 0 for every seat: their order at rest says nothing about who came when (DISC-11).
if redis.call('EXISTS', KEYS[1]) == 0 then return 'unknown-room' end
if redis.call('ZSCORE', KEYS[2], ARGV[1]) then return 'already' end
if redis.call('HGET', KEYS[1], 'locked') == '1' then return 'locked' end
local before = redis.call('ZCARD', KEYS[2])
if before >= tonumber(ARGV[2]) then return 'full' end
redis.call('ZADD', KEYS[2], 0, ARGV[1])
local expires = redis.call('HGET', KEYS[1], 'exp')
if before > 0 then
  redis.call('PEXPIREAT', KEYS[2], expires)
  return 'joined'
end
if tonumber(ARGV[3]) < tonumber(expires) then expires = ARGV[3] end
redis.call('HSET', KEYS[1], 'exp', expires)
for index = 1, 4 do redis.call('PEXPIREAT', KEYS[index], expires) end
for _, name in ipairs(redis.call('SMEMBERS', KEYS[4])) do
  redis.call('PEXPIREAT', ARGV[4] .. name, expires)
end
return 'first'
