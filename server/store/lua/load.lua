-- KEYS state, releases. Everything a view needs, in one round trip; false when there is no such session.
-- `commit` answers in the same order, without the state: a change here is one there.
local state = redis.call('HMGET', KEYS[1], 'json', 'present', 'seats', 'answered')
if not state[1] then return false end
return { state[1], state[2], state[3], state[4], redis.call('HGETALL', KEYS[2]) }
