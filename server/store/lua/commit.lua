-- KEYS state. ARGV expected revision, state JSON, new revision, locked, effect, question.
local revision = redis.call('HGET', KEYS[1], 'rev')
if not revision then return 'gone' end
if revision ~= ARGV[1] then return 'stale' end
redis.call('HSET', KEYS[1], 'json', ARGV[2], 'rev', ARGV[3], 'locked', ARGV[4])
if ARGV[5] == 'opens' then redis.call('HSET', KEYS[1], 'open', ARGV[6], 'answered', '0') end
if ARGV[5] == 'closes' then redis.call('HSET', KEYS[1], 'open', '', 'answered', '') end
return 'ok'
