-- KEYS state, ballots. ARGV question. The sealed ballots of a closed round; an open one tells nothing.
if redis.call('HGET', KEYS[1], 'open') == ARGV[1] then return redis.error_reply('the round is open') end
return redis.call('HGETALL', KEYS[2])
