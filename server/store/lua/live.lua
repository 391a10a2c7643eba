-- KEYS live. ARGV now (ms), session, expires at (ms; empty: remove it), most sessions (0: only one that is there).
-- Living sessions by the end of their life; the list itself ends with the last of them.
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
local most, done = tonumber(ARGV[4]), 1
if ARGV[3] == '' then
  redis.call('ZREM', KEYS[1], ARGV[2])
elseif most == 0 then
  redis.call('ZADD', KEYS[1], 'XX', ARGV[3], ARGV[2])
elseif redis.call('ZCARD', KEYS[1]) >= most then
  done = 0
else
  redis.call('ZADD', KEYS[1], ARGV[3], ARGV[2])
end
local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')
if last[2] then redis.call('PEXPIREAT', KEYS[1], string.format('%.0f', last[2])) end
return done
