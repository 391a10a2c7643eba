-- KEYS state, releases, ballots, counted, names. ARGV question, release JSON, name of the counted key.
-- The first release stands for ever (DISC-5); the ballots give way to what was counted, without contents.
local standing = redis.call('HGET', KEYS[2], ARGV[1])
if standing then return standing end
local state = redis.call('HMGET', KEYS[1], 'json', 'open', 'exp')
if not state[1] then return false end
if state[2] == ARGV[1] or cjson.decode(state[1]).rounds[ARGV[1]] ~= 'closed' then
  return redis.error_reply('ERR the round is not closed')
end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
redis.call('PEXPIREAT', KEYS[2], state[3])
local ballots = redis.call('HGETALL', KEYS[3])
-- In place: to each seat its version. By the thousand: nobody else is served meanwhile, and a call for each is dear.
for index = 1, #ballots, 2 do
  ballots[index], ballots[index + 1] = tonumber(string.sub(ballots[index + 1], 1, 8)), ballots[index]
end
for first = 1, #ballots, 2000 do
  redis.call('ZADD', KEYS[4], unpack(ballots, first, math.min(first + 1999, #ballots)))
end
if #ballots > 0 then
  redis.call('DEL', KEYS[3])
  redis.call('PEXPIREAT', KEYS[4], state[3])
  redis.call('SADD', KEYS[5], ARGV[3])
  redis.call('PEXPIREAT', KEYS[5], state[3])
end
return ARGV[2]
