-- KEYS state, releases. ARGV expected revision, state JSON, new revision, locked, effect, question.
-- Answers what `load` would, without the state: the view that follows needs no round trip of its own.
local revision = redis.call('HGET', KEYS[1], 'rev')
if not revision then return 'gone' end
if revision ~= ARGV[1] then return 'stale' end
redis.call('HSET', KEYS[1], 'json', ARGV[2], 'rev', ARGV[3], 'locked', ARGV[4])
if ARGV[5] == 'opens' then redis.call('HSET', KEYS[1], 'open', ARGV[6], 'answered', '0') end
if ARGV[5] == 'closes' then redis.call('HSET', KEYS[1], 'open', '', 'answered', '') end
local counts = redis.call('HMGET', KEYS[1], 'present', 'seats', 'answered')
return { counts[1], counts[2], counts[3], redis.call('HGETALL', KEYS[2]) }
