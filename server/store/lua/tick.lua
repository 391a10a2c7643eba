-- KEYS state, seats, nodes. ARGV now (ms), shortest time between two counts (ms), key prefix, 'heads' for
-- the heads alone: who has just come sees itself counted; answers are never counted out of turn.
-- Between two counts everybody gets the same numbers, so asking often tells nothing (DISC-6). Nodes'
-- clocks may differ a little: a time before the last count is not a reason to count again.
-- The last answer is 1 when this count found something that no count has told yet.
local state = redis.call('HMGET', KEYS[1], 'rev', 'tickAt', 'open', 'told')
if not state[1] then return false end
local since = tonumber(ARGV[1]) - tonumber(state[2])
local headsOnly = ARGV[4] == 'heads'
local news = 0
if headsOnly or since >= tonumber(ARGV[2]) or since < -60000 then
  local here = {}
  for _, node in ipairs(redis.call('SMEMBERS', KEYS[3])) do
    local key = ARGV[3] .. 'present:' .. node
    if redis.call('EXISTS', key) == 1 then
      here[#here + 1] = key
    else
      redis.call('SREM', KEYS[3], node)
    end
  end
  local present = 0
  if #here == 1 then present = redis.call('ZCARD', here[1]) end
  if #here > 1 then present = #redis.call('ZUNION', #here, unpack(here)) end
  local seats = redis.call('ZCARD', KEYS[2])
  redis.call('HSET', KEYS[1], 'seats', seats, 'present', present)
  if not headsOnly then
    local answered = ''
    if state[3] ~= '' then answered = redis.call('HLEN', ARGV[3] .. 'ballots:' .. state[3]) end
    local told = table.concat({ state[1], present, seats, answered }, ' ')
    if told ~= state[4] then news = 1 end
    redis.call('HSET', KEYS[1], 'tickAt', ARGV[1], 'answered', answered, 'told', told)
  end
end
local counts = redis.call('HMGET', KEYS[1], 'rev', 'present', 'seats', 'answered')
counts[5] = news
return counts
