-- KEYS state, releases, meta. ARGV asking host's hash, expected revision, state JSON, new revision, locked, effect,
-- question, channel by which nodes hear of the room, or nothing. A key that was taken away changes nothing, whichever node did not hear of it (S3).
-- Answers what `load` would, without the state, and how many nodes hear of the room (nothing where it may not be
-- asked): the view that follows needs no round trip of its own, and no publication that nobody would hear.
local revision = redis.call('HGET', KEYS[1], 'rev')
local hosts = redis.call('HGET', KEYS[3], 'host')
if not revision or not hosts then return 'gone' end
if not string.find(' ' .. hosts .. ' ', ' ' .. ARGV[1] .. ' ', 1, true) then return 'revoked' end
if revision ~= ARGV[2] then return 'stale' end
redis.call('HSET', KEYS[1], 'json', ARGV[3], 'rev', ARGV[4], 'locked', ARGV[5])
if ARGV[6] == 'opens' then redis.call('HSET', KEYS[1], 'open', ARGV[7], 'answered', '0') end
if ARGV[6] == 'closes' then redis.call('HSET', KEYS[1], 'open', '', 'answered', '') end
local counts = redis.call('HMGET', KEYS[1], 'present', 'seats', 'answered')
local nodes
if ARGV[8] ~= '' then nodes = redis.pcall('PUBSUB', 'SHARDNUMSUB', ARGV[8])[2] end
return { counts[1], counts[2], counts[3], redis.call('HGETALL', KEYS[2]), nodes }
