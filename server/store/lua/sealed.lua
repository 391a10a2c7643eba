-- KEYS state, ballots. ARGV question. The sealed ballots of a closed round; any other tells nothing.
local state = redis.call('HMGET', KEYS[1], 'json', 'open')
if not state[1] then return {} end
if state[2] == ARGV[1] or cjson.decode(state[1]).rounds[ARGV[1]] ~= 'closed' then
  return redis.error_reply('ERR the round is not closed')
end
return redis.call('HGETALL', KEYS[2])
