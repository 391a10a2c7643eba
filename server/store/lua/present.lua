-- KEYS state, nodes, present of one node. ARGV node, life in seconds, seats …
-- Which seats have a socket on a node; gone soon after a node that died. The expiry is written to the
-- append-only file as a time of day: on a grid of 15 s, so that it does not tell when somebody came.
local expires = redis.call('HGET', KEYS[1], 'exp')
if not expires then return 0 end
redis.call('SADD', KEYS[2], ARGV[1])
redis.call('PEXPIREAT', KEYS[2], expires)
-- Score 0 for every seat: newer servers keep a small plain set in the order of coming (DISC-11).
for seat = 3, #ARGV do redis.call('ZADD', KEYS[3], 0, ARGV[seat]) end
redis.call('EXPIREAT', KEYS[3], math.ceil((redis.call('TIME')[1] + ARGV[2]) / 15) * 15)
return 1
