-- KEYS meta, state, seats, releases, names, nodes. ARGV key prefix. Deletes all of a session at once.
-- Answers how many seats were ever given.
if redis.call('EXISTS', KEYS[1]) == 0 then return false end
local seats = redis.call('ZCARD', KEYS[3])
for _, name in ipairs(redis.call('SMEMBERS', KEYS[5])) do redis.call('DEL', ARGV[1] .. name) end
for _, node in ipairs(redis.call('SMEMBERS', KEYS[6])) do redis.call('DEL', ARGV[1] .. 'present:' .. node) end
for _, key in ipairs(KEYS) do redis.call('DEL', key) end
return seats
