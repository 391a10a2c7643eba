-- KEYS state, seats, nodes. ARGV now (ms), shortest time between two counts (ms), key prefix.
-- Between two counts everybody gets the same numbers, so asking often tells nothing (DISC-6).
local state = redis.call('HMGET', KEYS[1], 'rev', 'tickAt', 'open')
if not state[1] then return false end
local since = tonumber(ARGV[1]) - tonumber(state[2])
if since >= tonumber(ARGV[2]) or since < 0 then
  local present = {}
  for _, node in ipairs(redis.call('SMEMBERS', KEYS[3])) do
    present[#present + 1] = ARGV[3] .. 'present:' .. node
  end
  local answered = ''
  if state[3] ~= '' then answered = redis.call('HLEN', ARGV[3] .. 'ballots:' .. state[3]) end
  redis.call('HSET', KEYS[1], 'tickAt', ARGV[1], 'seats', redis.call('ZCARD', KEYS[2]), 'answered', answered,
    'present', #present > 0 and #redis.call('SUNION', unpack(present)) or 0)
end
return redis.call('HMGET', KEYS[1], 'rev', 'present', 'seats', 'answered')
